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

/** Waits these events may end, in the order their runs are to be locked; the caller compares the values. */
export async function findWaits(tx: Queryable, eventNames: readonly string[]): Promise<Wait[]> {
  return tx<Wait[]>`
    select id, run_id, step_id, event_name, match_path, match_value from inngest_waits
    where event_name = any(${[...eventNames]}) and expires_at > clock_timestamp()
    order by run_id, id`;
}

/** Ends a wait; false when it had ended already. */
export async function endWait(tx: Queryable, runId: string, stepId: string): Promise<boolean> {
  const { count } = await tx`delete from inngest_waits where run_id = ${runId} and step_id = ${stepId}`;
  return count > 0;
}
