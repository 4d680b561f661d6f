import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { inngestJobs, inngestRuns, inngestSteps } from "@/db/schema";

let born = Date.now();

/** One after the other, like the engine's own. */
const nextId = () => sql<string>`inngest_ulid(to_timestamp(${born++}::float8 / 1000))`;

/** A run of a function of its own, as the engine leaves one: over when `status` says so, else with its next call due. */
export async function makeRun(values: Partial<typeof inngestRuns.$inferInsert> = {}) {
  const functionId = values.functionId ?? `calends-test-${randomUUID().slice(0, 8)}`;
  const isActive = (values.status ?? "running") === "running";
  const [run] = await database()
    .insert(inngestRuns)
    .values({
      id: nextId(),
      functionId,
      events: JSON.stringify([
        { id: randomUUID(), name: "test/asked", data: { bookingId: randomUUID() }, ts: 0 },
      ]),
      ...(isActive ? {} : { startedAt: new Date(Date.now() - 1_500), endedAt: new Date() }),
      ...values,
    })
    .returning();
  if (!run) throw new Error("No run was made.");
  if (isActive) await makeJob(run);
  return run;
}

/** What is queued for a run, its next call unless the values say otherwise. */
export async function makeJob(
  { id, functionId }: Pick<typeof inngestRuns.$inferSelect, "id" | "functionId">,
  values: Partial<typeof inngestJobs.$inferInsert> = {},
): Promise<void> {
  const job = {
    id: `${id}:${values.stepId ?? "discovery"}`,
    kind: "discovery",
    functionId,
    runId: id,
  } as const;
  await database()
    .insert(inngestJobs)
    .values({ ...job, ...values });
}

export async function makeStep(
  runId: string,
  values: Partial<typeof inngestSteps.$inferInsert> = {},
): Promise<void> {
  const name = values.name ?? "push";
  await database()
    .insert(inngestSteps)
    .values({ runId, stepId: name, name, value: "null", startedAt: new Date(Date.now() - 200), ...values });
}
