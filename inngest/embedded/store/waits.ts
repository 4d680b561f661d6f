import { asJson, type Queryable } from "./connect";

export type NewWait = {
  runId: string;
  /** Where the run goes on; null: the event cancels it. */
  stepId: string | null;
  eventName: string;
  matchPath: string | null;
  matchValue: string | null;
  delayMs?: number;
  dueAt?: Date;
};
export type Wait = {
  id: string;
  runId: string;
  stepId: string | null;
  eventName: string;
  matchPath: string | null;
  matchValue: string | null;
};

export async function insertWaits(tx: Queryable, waits: readonly NewWait[]): Promise<void> {
  if (waits.length === 0) return;
  await tx`
    insert into inngest_waits (run_id, step_id, event_name, match_path, match_value, expires_at)
    select "runId", "stepId", "eventName", "matchPath", "matchValue",
      coalesce("dueAt", clock_timestamp() + "delayMs" * interval '1 ms')
    from json_to_recordset(${asJson(waits)}::text::json) as wait(
      "runId" text, "stepId" text, "eventName" text, "matchPath" text, "matchValue" text,
      "delayMs" float8, "dueAt" timestamptz)`;
}

/** An event's name, and the values somewhere in its data; null when there are too many to look for. */
export type Arrival = { name: string; values: string[] | null };

/** Waits these events may end, in the order their runs are to be locked; the caller compares the paths. */
export async function findWaits(tx: Queryable, arrivals: readonly Arrival[]): Promise<Wait[]> {
  return tx<Wait[]>`
    select distinct on (run_id, wait.id) wait.id, run_id, step_id, event_name, match_path, match_value
    from json_to_recordset(${asJson(arrivals)}::text::json) as arrival(name text, "values" text[])
    join inngest_waits wait on event_name = arrival.name and expires_at > clock_timestamp()
      and (arrival."values" is null or match_value is null or match_value = any(arrival."values"))
    order by run_id, wait.id`;
}

/** A run no longer listens for what would cancel it. */
export async function endCancels(tx: Queryable, runId: string): Promise<void> {
  await tx`delete from inngest_waits where run_id = ${runId} and step_id is null`;
}

/** Ends a wait; false when it had ended already. */
export async function endWait(tx: Queryable, runId: string, stepId: string): Promise<boolean> {
  const { count } = await tx`delete from inngest_waits where run_id = ${runId} and step_id = ${stepId}`;
  return count > 0;
}
