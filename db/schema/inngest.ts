import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns";

// The embedded engine's tables (docs/engine.md). Payloads are JSON in text columns: jsonb reorders keys and
// refuses U+0000. Requests run without rights here; they send through inngest_send_event.

export const inngestRunStatus = pgEnum("inngest_run_status", ["running", "completed", "failed", "cancelled"]);
export const inngestJobKind = pgEnum("inngest_job_kind", [
  "discovery",
  "step",
  "sleep",
  "timeout",
  "cron",
  "debounce",
]);

/** What was sent. A row is the outbox entry until `routedAt`, then the memory that its id was seen. */
export const inngestEvents = pgTable(
  "inngest_events",
  {
    seq: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    id: text().notNull(),
    name: text().notNull(),
    data: text().notNull(),
    /** The event's own time; a future one delays its runs. */
    occursAt: instant("occurs_at").notNull().default(sql`clock_timestamp()`),
    /** Whatever else the SDK put beside name and data, as JSON. */
    extra: text(),
    receivedAt: instant("received_at").notNull().default(sql`clock_timestamp()`),
    routedAt: instant("routed_at"),
  },
  (table) => [
    uniqueIndex("inngest_events_id").on(table.id),
    index("inngest_events_unrouted").on(table.seq).where(sql`${table.routedAt} is null`),
    index("inngest_events_received_at").on(table.receivedAt),
  ],
).enableRLS();

export const inngestRuns = pgTable(
  "inngest_runs",
  {
    id: text().primaryKey(),
    functionId: text("function_id").notNull(),
    status: inngestRunStatus().notNull().default("running"),
    /** The triggering events as JSON. */
    events: text().notNull(),
    /** Steps reported together and not finished yet; the next discovery waits for all of them. */
    pending: text().array().notNull().default(sql`'{}'`),
    /** Set while several steps are under way: the SDK may then plan steps but not run them on the spot. */
    isPlanOnly: boolean("is_plan_only").notNull().default(false),
    concurrencyKeys: text("concurrency_keys").array().notNull().default(sql`'{}'`),
    concurrencyLimits: integer("concurrency_limits").array().notNull().default(sql`'{}'`),
    /** A second run with the same key is not started; emptied when the key's day is over. */
    idempotencyKey: text("idempotency_key"),
    singletonKey: text("singleton_key"),
    output: text(),
    error: text(),
    createdAt: instant("created_at").notNull().default(sql`clock_timestamp()`),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("inngest_runs_idempotency_key").on(table.idempotencyKey),
    uniqueIndex("inngest_runs_singleton_key").on(table.singletonKey).where(sql`${table.status} = 'running'`),
    index("inngest_runs_created_at").on(table.createdAt.desc()),
    index("inngest_runs_failed").on(table.createdAt.desc()).where(sql`${table.status} = 'failed'`),
    index("inngest_runs_ended_at").on(table.endedAt).where(sql`${table.endedAt} is not null`),
    check("inngest_runs_ended", sql`(${table.status} = 'running') = (${table.endedAt} is null)`),
  ],
).enableRLS();

/** What a run remembers. `position` is the order of completion, which the SDK replays. */
export const inngestSteps = pgTable(
  "inngest_steps",
  {
    runId: text("run_id")
      .notNull()
      .references(() => inngestRuns.id, { onDelete: "cascade" }),
    stepId: text("step_id").notNull(),
    position: bigint({ mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    name: text().notNull(),
    isError: boolean("is_error").notNull().default(false),
    /** Its data or error as JSON. */
    value: text().notNull(),
    attempts: integer().notNull().default(1),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at").notNull().default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.runId, table.stepId] })],
).enableRLS();

/**
 * What is to be done, and when. `visibleAt` is the one column a worker looks at: the due time while the job
 * waits, the end of the lease while somebody works on it, null while it is parked behind a full concurrency key.
 */
export const inngestJobs = pgTable(
  "inngest_jobs",
  {
    id: text().primaryKey(),
    kind: inngestJobKind().notNull(),
    functionId: text("function_id").notNull(),
    runId: text("run_id").references(() => inngestRuns.id, { onDelete: "cascade" }),
    stepId: text("step_id"),
    name: text(),
    payload: text(),
    runAt: instant("run_at").notNull().default(sql`clock_timestamp()`),
    visibleAt: instant("visible_at").default(sql`clock_timestamp()`),
    parkedOn: text("parked_on"),
    attempt: integer().notNull().default(0),
    /** How often a worker died holding it. */
    lost: integer().notNull().default(0),
    concurrencyKeys: text("concurrency_keys").array().notNull().default(sql`'{}'`),
    concurrencyLimits: integer("concurrency_limits").array().notNull().default(sql`'{}'`),
    leaseToken: uuid("lease_token"),
    leaseOwner: text("lease_owner"),
    leasedAt: instant("leased_at"),
    lastError: text("last_error"),
  },
  (table) => [
    index("inngest_jobs_due").on(table.functionId, table.visibleAt),
    index("inngest_jobs_run").on(table.runId),
    index("inngest_jobs_parked").on(table.parkedOn, table.runAt).where(sql`${table.parkedOn} is not null`),
    index("inngest_jobs_leased").on(table.leaseOwner).where(sql`${table.leaseToken} is not null`),
    check("inngest_jobs_parked", sql`(${table.parkedOn} is not null) = (${table.visibleAt} is null)`),
  ],
).enableRLS();

/** Runs that wait for an event: to go on at `stepId`, or, without one, to be cancelled. */
export const inngestWaits = pgTable(
  "inngest_waits",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    runId: text("run_id")
      .notNull()
      .references(() => inngestRuns.id, { onDelete: "cascade" }),
    stepId: text("step_id"),
    eventName: text("event_name").notNull(),
    /** The data path both events must agree on, and the value the run's event has there, as JSON. */
    matchPath: text("match_path"),
    matchValue: text("match_value"),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    index("inngest_waits_event").on(table.eventName, table.matchValue),
    index("inngest_waits_run").on(table.runId),
  ],
).enableRLS();
