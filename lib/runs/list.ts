import { and, desc, eq, lt, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { inngestRuns } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { queueOfRun, runColumns, triesOfRun } from "./columns";
import { requireAdmin } from "./require-admin";
import type { RunFilter } from "./schema";
import { stateOf } from "./state";
import { functionTitle, readFailure } from "./words";

export type RunRow = Awaited<ReturnType<typeof listRuns>>["runs"][number];

type Asked = {
  now: Date;
  status?: RunFilter | undefined;
  functionId?: string | undefined;
  /** The id the previous page ended with. */
  before?: string | undefined;
  size?: number;
};

/** The engine's runs, newest first: their ids sort by birth. @throws AppError forbidden */
export async function listRuns(viewer: Viewer, { now, status, functionId, before, size = 50 }: Asked) {
  requireAdmin(viewer);
  const queue = queueOfRun();
  const tries = triesOfRun();
  const rows = await database()
    .select({
      ...runColumns(queue, tries),
    })
    .from(inngestRuns)
    .leftJoinLateral(queue, sql`true`)
    .leftJoinLateral(tries, sql`true`)
    .where(
      and(
        status && eq(inngestRuns.status, status === "active" ? "running" : status),
        functionId === undefined ? undefined : eq(inngestRuns.functionId, functionId),
        before === undefined ? undefined : lt(inngestRuns.id, before),
      ),
    )
    .orderBy(desc(inngestRuns.id))
    .limit(size + 1);
  return { runs: rows.slice(0, size).map((row) => toRunRow(row, now)), hasMore: rows.length > size };
}

type Row = Pick<
  typeof inngestRuns.$inferSelect,
  "id" | "functionId" | "status" | "error" | "createdAt" | "startedAt" | "endedAt"
> & {
  isLeased: boolean | null;
  isParked: boolean | null;
  attempt: number | null;
  dueAt: Date | null;
  lastError: string | null;
  tries: number | null;
};

/** A run as its row in the list; its page begins with the same. */
export function toRunRow({ error, isLeased, isParked, attempt, lastError, tries, ...run }: Row, now: Date) {
  const queue = { isLeased: !!isLeased, isParked: !!isParked, attempt: attempt ?? 0, dueAt: run.dueAt };
  const state = stateOf(run.status, queue, now);
  const isUnderWay = queue.attempt > 0 || queue.isLeased;
  return {
    ...run,
    state,
    title: functionTitle(run.functionId),
    tries: Math.max(tries ?? 0, isUnderWay ? queue.attempt + (queue.isLeased ? 1 : 0) : 0),
    failure: readFailure(error ?? lastError),
  };
}

// Names of functions are read off the runs of late, so that asking for them costs the same whatever has gathered.
const lookBack = 1_000;

/** The functions that ran of late or are due, to filter by. @throws AppError forbidden */
export async function listRunFunctions(viewer: Viewer): Promise<{ id: string; title: string }[]> {
  requireAdmin(viewer);
  const rows = await database().execute<{ id: string }>(sql`
    select distinct function_id as id
    from (select function_id from inngest_runs order by id desc limit ${lookBack}) late
    union
    select function_id from (select function_id from inngest_jobs limit ${lookBack}) due
    order by id`);
  return rows.map(({ id }) => ({ id, title: functionTitle(id) }));
}
