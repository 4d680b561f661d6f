import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { inngestJobs, inngestRuns, inngestSteps } from "@/db/schema";

/** What is queued for the run of the surrounding query, in one row. */
export const queueOfRun = () =>
  database()
    .select({
      isLeased: sql<boolean>`coalesce(bool_or(${inngestJobs.leaseToken} is not null), false)`.as("is_leased"),
      isParked: sql<boolean>`coalesce(bool_or(${inngestJobs.parkedOn} is not null), false)`.as("is_parked"),
      attempt: sql<number>`coalesce(max(${inngestJobs.attempt}), 0)`.as("attempt"),
      dueAt: sql<Date | null>`min(${inngestJobs.runAt}) filter (where ${inngestJobs.leaseToken} is null)`
        .mapWith(inngestJobs.runAt)
        .as("due_at"),
      lastError: sql<
        string | null
      >`(array_agg(${inngestJobs.lastError} order by ${inngestJobs.attempt} desc))[1]`.as("last_error"),
    })
    .from(inngestJobs)
    .where(eq(inngestJobs.runId, inngestRuns.id))
    .as("queue");

/** How often the most stubborn step of that run was tried. */
export const triesOfRun = () =>
  database()
    .select({ most: sql<number>`coalesce(max(${inngestSteps.attempts}), 0)`.as("most") })
    .from(inngestSteps)
    .where(eq(inngestSteps.runId, inngestRuns.id))
    .as("tries");

/** What a list and a page say of a run, to be joined laterally with what is queued for it and its tries. */
export function runColumns(queue: ReturnType<typeof queueOfRun>, tries: ReturnType<typeof triesOfRun>) {
  return {
    id: inngestRuns.id,
    functionId: inngestRuns.functionId,
    status: inngestRuns.status,
    error: inngestRuns.error,
    createdAt: inngestRuns.createdAt,
    startedAt: inngestRuns.startedAt,
    endedAt: inngestRuns.endedAt,
    isLeased: queue.isLeased,
    isParked: queue.isParked,
    attempt: queue.attempt,
    dueAt: queue.dueAt,
    lastError: queue.lastError,
    tries: tries.most,
  };
}
