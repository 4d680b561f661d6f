import { z } from "zod";
import { nextTick } from "./cron";
import { parseDuration } from "./duration";

/** A function as the engine runs it. */
export type EngineFunction = {
  /** `<app>-<function>`, as the SDK names it on the wire. */
  id: string;
  name: string;
  events: string[];
  crons: string[];
  /** Set on an onFailure handler: the function whose failures it answers. */
  failureOf: string | null;
  maxAttempts: number;
  concurrency: { limit: number; key: DataPath | null }[];
  idempotency: DataPath | null;
  debounce: { key: DataPath | null; periodMs: number; timeoutMs: number | null } | null;
  singleton: { key: DataPath | null; mode: "skip" | "cancel" } | null;
  cancelOn: { event: string; match: DataPath | null; timeoutMs: number }[];
};

/** `event.data.calendarId` as ["calendarId"]. */
export type DataPath = string[];

// None at all would never run.
const limit = z.number().int().min(1);
const concurrencyLimit = z.union([
  limit.transform((limit) => ({ limit })),
  z.strictObject({ limit, key: z.string().optional(), scope: z.literal("fn").optional() }),
]);
const registered = z.strictObject({
  id: z.string(),
  name: z.string(),
  triggers: z.array(
    z.union([
      z.strictObject({ event: z.string().regex(/^[^*]+$/), expression: z.string().optional() }),
      z.strictObject({ cron: z.string() }),
    ]),
  ),
  steps: z.object({
    step: z.object({ retries: z.object({ attempts: z.number().min(0).max(20) }).optional() }),
  }),
  concurrency: z
    .union([concurrencyLimit.transform((one) => [one]), z.array(concurrencyLimit).max(2)])
    .default([]),
  idempotency: z.string().optional(),
  debounce: z
    .strictObject({ key: z.string().optional(), period: z.string(), timeout: z.string().optional() })
    .optional(),
  singleton: z.strictObject({ key: z.string().optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .default([]),
});
type Registered = z.infer<typeof registered>;

const year = 365 * 86_400_000;
const failureEvent = "inngest/function.failed";

/**
 * Reads one function of the SDK's registration.
 * @throws Error naming the function and the option the engine does not support
 */
export function readFunction(config: unknown): EngineFunction {
  const parsed = registered.safeParse(config);
  if (!parsed.success) throw new Error(refusal(config, parsed.error));
  return understand(parsed.data);
}

function understand(config: Registered): EngineFunction {
  const refuse = (option: string, why: string) => new Error(sentence(config.id, option, why));
  const path = (option: string, text: string | undefined) => {
    if (text === undefined) return null;
    const found = parsePath(text, "event");
    if (!found) throw refuse(option, `"${text}" is not a plain data path like event.data.calendarId`);
    return found;
  };
  const duration = (option: string, text: string) => {
    const ms = parseDuration(text);
    if (ms === null) throw refuse(option, `"${text}" is not a duration`);
    return ms;
  };
  return {
    id: config.id,
    name: config.name,
    ...readTriggers(config, refuse),
    maxAttempts: (config.steps.step.retries?.attempts ?? 4) + 1,
    concurrency: config.concurrency.map(({ limit, ...rest }) => ({
      limit,
      key: path("concurrency", "key" in rest ? rest.key : undefined),
    })),
    idempotency: path("idempotency", config.idempotency),
    debounce: config.debounce
      ? {
          key: path("debounce", config.debounce.key),
          periodMs: duration("debounce", config.debounce.period),
          timeoutMs: config.debounce.timeout ? duration("debounce", config.debounce.timeout) : null,
        }
      : null,
    singleton: config.singleton
      ? { key: path("singleton", config.singleton.key), mode: config.singleton.mode }
      : null,
    cancelOn: config.cancel.map(({ event, timeout, if: condition }) => ({
      event,
      match:
        condition === undefined
          ? null
          : (parseMatch(condition) ??
            fail(refuse("cancelOn", `"${condition}" is not a match of one data path`))),
      timeoutMs: timeout ? duration("cancelOn", timeout) : year,
    })),
  };
}

function readTriggers(config: Registered, refuse: (option: string, why: string) => Error) {
  const events: string[] = [];
  const crons: string[] = [];
  let failureOf: string | null = null;
  for (const trigger of config.triggers) {
    if ("cron" in trigger) {
      try {
        nextTick(trigger.cron, new Date());
      } catch (error) {
        throw refuse("triggers.cron", error instanceof Error ? error.message : String(error));
      }
      crons.push(trigger.cron);
      continue;
    }
    events.push(trigger.event);
    if (trigger.expression === undefined) continue;
    const [, parent] = /^event\.data\.function_id == '([^']+)'$/.exec(trigger.expression) ?? [];
    if (trigger.event !== failureEvent || !parent) throw refuse("triggers.if", "triggers take no conditions");
    failureOf = parent;
  }
  if (events.length + crons.length === 0) throw refuse("triggers", "a function needs an event or a cron");
  return { events, crons, failureOf };
}

/** `event.data.a.b == async.data.a.b`, as the SDK writes `match: "data.a.b"`, as a path; null for anything else. */
export function parseMatch(expression: string): DataPath | null {
  const [left = "", right = "", ...more] = expression.split(" == ");
  const path = parsePath(left, "event");
  return path && more.length === 0 && right === left.replace(/^event/, "async") ? path : null;
}

function parsePath(text: string, root: string): DataPath | null {
  const [first, data, ...path] = text.split(".");
  const isPlain = path.length > 0 && path.every((part) => /^[A-Za-z_]\w*$/.test(part));
  return first === root && data === "data" && isPlain ? path : null;
}

function refusal(config: unknown, error: z.ZodError): string {
  const { id = "without an id" } = z.object({ id: z.string() }).safeParse(config).data ?? {};
  const [issue] = error.issues;
  const option = issue?.code === "unrecognized_keys" ? [...issue.path, ...issue.keys] : (issue?.path ?? []);
  return sentence(id, option.join("."), issue?.message ?? "");
}

const sentence = (id: string, option: string, why: string) =>
  `The embedded engine cannot run the function "${id}": its option "${option}" is not supported (${why}).`;

function fail(error: Error): never {
  throw error;
}
