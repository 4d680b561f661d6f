import { asc, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { database } from "@/db/client";
import { inngestJobs, inngestRuns, inngestSteps, inngestWaits } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { queueOfRun, runColumns, triesOfRun } from "./columns";
import { toRunRow } from "./list";
import { redact } from "./redact";
import { requireAdmin } from "./require-admin";
import { runId } from "./schema";
import { readFailure } from "./words";

export type RunDetails = NonNullable<Awaited<ReturnType<typeof findRun>>>;

/** What of an output, and how many steps, are shown at once. */
const previewLength = 2_000;
const stepLimit = 200;

/** One run with its event, its steps and what is queued for it. @throws AppError forbidden */
export async function findRun(viewer: Viewer, id: string, now: Date) {
  requireAdmin(viewer);
  if (!runId.safeParse(id).success) return null;
  const [row] = await readRun(id);
  if (!row) return null;
  const [steps, queued, repeatedBy] = await Promise.all([readSteps(id), readQueue(id), findRepeat(id)]);
  const { events, idempotencyKey, output, outputBytes, ...run } = row;
  return {
    ...toRunRow(run, now),
    events: readEvents(events),
    output: output === null ? null : { preview: output, bytes: outputBytes ?? 0 },
    steps: steps.slice(0, stepLimit).reverse().map(describeStep),
    hasMoreSteps: steps.length > stepLimit,
    queued: queued.map(({ isLeased, isParked, lastError, ...job }) => ({
      ...job,
      isLeased,
      isParked,
      isDue: job.dueAt <= now,
      failure: readFailure(lastError),
    })),
    repeats: idempotencyKey?.startsWith(retryPrefix) ? idempotencyKey.slice(retryPrefix.length) : null,
    repeatedBy,
  };
}

// As inngest_retry_run writes it.
const retryPrefix = "retry:";

function readRun(id: string) {
  const queue = queueOfRun();
  const tries = triesOfRun();
  return database()
    .select({
      ...runColumns(queue, tries),
      events: inngestRuns.events,
      idempotencyKey: inngestRuns.idempotencyKey,
      output: sql<string | null>`left(${inngestRuns.output}, ${previewLength})`,
      outputBytes: sql<number | null>`octet_length(${inngestRuns.output})`,
    })
    .from(inngestRuns)
    .leftJoinLateral(queue, sql`true`)
    .leftJoinLateral(tries, sql`true`)
    .where(eq(inngestRuns.id, id));
}

/** The newest first, and one more than is shown. */
function readSteps(runId: string) {
  return database()
    .select({
      id: inngestSteps.stepId,
      name: inngestSteps.name,
      isError: inngestSteps.isError,
      attempts: inngestSteps.attempts,
      startedAt: inngestSteps.startedAt,
      endedAt: inngestSteps.endedAt,
      // An error is read as a whole; an output may be megabytes.
      value: sql<string>`case when ${inngestSteps.isError} then ${inngestSteps.value}
        else left(${inngestSteps.value}, ${previewLength}) end`,
      bytes: sql<number>`octet_length(${inngestSteps.value})`,
    })
    .from(inngestSteps)
    .where(eq(inngestSteps.runId, runId))
    .orderBy(desc(inngestSteps.position))
    .limit(stepLimit + 1);
}

type StepRow = Awaited<ReturnType<typeof readSteps>>[number];

const describeStep = ({ value, bytes, isError, ...step }: StepRow) => ({
  ...step,
  failure: isError ? readFailure(value) : null,
  output: isError ? null : { preview: value, bytes },
});

function readQueue(runId: string) {
  return database()
    .select({
      id: inngestJobs.id,
      kind: inngestJobs.kind,
      name: inngestJobs.name,
      attempt: inngestJobs.attempt,
      dueAt: inngestJobs.runAt,
      isLeased: sql<boolean>`${inngestJobs.leaseToken} is not null`,
      isParked: sql<boolean>`${inngestJobs.parkedOn} is not null`,
      leasedAt: inngestJobs.leasedAt,
      lastError: inngestJobs.lastError,
      eventName: inngestWaits.eventName,
    })
    .from(inngestJobs)
    .leftJoin(
      inngestWaits,
      sql`${inngestWaits.runId} = ${inngestJobs.runId} and ${inngestWaits.stepId} = ${inngestJobs.stepId}`,
    )
    .where(eq(inngestJobs.runId, runId))
    .orderBy(asc(inngestJobs.runAt))
    .limit(stepLimit);
}

async function findRepeat(id: string): Promise<string | null> {
  const [row] = await database()
    .select({ id: inngestRuns.id })
    .from(inngestRuns)
    .where(eq(inngestRuns.idempotencyKey, `${retryPrefix}${id}`));
  return row?.id ?? null;
}

const storedEvents = z.array(z.looseObject({ id: z.string(), name: z.string(), data: z.unknown() }));

function readEvents(json: string) {
  return storedEvents.parse(JSON.parse(json)).map(({ id, name, data }) => ({ id, name, data: redact(data) }));
}
