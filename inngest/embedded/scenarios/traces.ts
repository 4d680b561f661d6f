import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Handle } from "../protocol";

// Golden traces: every call of a scenario's functions as the SDK saw and answered it. UPDATE_TRACES=1 writes them
// anew (then `npm run format`); a new release of the SDK that speaks differently shows in their difference.

const call = z.object({
  event: z.object({ name: z.string() }),
  steps: z.record(z.string(), z.unknown()),
  ctx: z.object({
    attempt: z.number(),
    max_attempts: z.number(),
    disable_immediate_execution: z.boolean(),
    stack: z.object({ stack: z.array(z.string()) }),
  }),
});
/** The scenarios whose calls are kept: those where nothing depends on which of two steps is quicker. */
export const traced = [
  "steps-run-in-order-each-once",
  "a-sleep-lasts",
  "side-by-side-with-room-for-one",
  "a-step-id-that-repeats-is-counted-apart",
  "a-value-that-looks-like-an-error-of-a-memo",
  "a-thrown-typeerror",
  "a-step-is-tried-again-and-the-next-counts-anew",
  "nonretriableerror-ends-it-at-once",
  "retryaftererror-says-when",
  "step-sendevent-starts-other-functions-once",
  "waitforevent-gives-null-when-nothing-comes",
];

export type Trace = { function: string; request: object; response: object };
export type Recorder = {
  recording(handle: Handle): Handle;
  traceOf(slug: string): Trace[];
};

export function recordCalls(slugs: readonly string[]): Recorder {
  const traces = new Map<string, Trace[]>(slugs.map((slug) => [slug, []]));
  return {
    recording: (handle) => async (request) => {
      const slug = functionOf(request.url).replace(/-\d+$/, "");
      if (!traces.has(slug)) return handle(request);
      const sent = await request.clone().text();
      const response = await handle(request);
      traces.get(slug)?.push({
        function: functionOf(request.url),
        request: readRequest(request.url, sent),
        response: await readResponse(response.clone()),
      });
      return response;
    },
    // Runs of two functions may come in any order; each one's calls do not.
    traceOf: (slug) => (traces.get(slug) ?? []).toSorted((a, b) => a.function.localeCompare(b.function)),
  };
}

/** The function's id without the app's. */
function functionOf(url: string): string {
  const [, id = ""] =
    /^(?:calends|scenarios-[^-]+)-(.+)$/.exec(new URL(url).searchParams.get("fnId") ?? "") ?? [];
  return id;
}

function readRequest(url: string, body: string): object {
  const { event, steps, ctx } = call.parse(JSON.parse(body));
  return {
    step: new URL(url).searchParams.get("stepId"),
    event: event.name,
    steps: withoutChance(steps),
    attempt: ctx.attempt,
    maxAttempts: ctx.max_attempts,
    planOnly: ctx.disable_immediate_execution,
    stack: ctx.stack.stack,
  };
}

async function readResponse(response: Response): Promise<object> {
  const body = JSON.parse(await response.text());
  return {
    status: response.status,
    noRetry: response.headers.get("x-inngest-no-retry"),
    retryAfter: response.headers.get("retry-after"),
    version: response.headers.get("x-inngest-req-version"),
    body: withoutChance(body),
  };
}

const chance = new Set(["stack", "timing", "ts", "ids", "id"]);
const isHash = (value: unknown) => typeof value === "string" && /^[0-9a-f]{40}$/.test(value);

/** Times, stacks and random ids give way to a word; steps' ids stay. */
function withoutChance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutChance);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      chance.has(key) && !isHash(part) && !isUserland(value) ? `<${key}>` : withoutChance(part),
    ]),
  );
}

/** `userland` is the one object whose `id` is the author's. */
const isUserland = (value: object) =>
  "id" in value && Object.keys(value).every((key) => key === "id" || key === "index");

const fileOf = (slug: string) => join(import.meta.dirname, "traces", `${slug}.json`);

/** What the file says; with UPDATE_TRACES, what was seen, which then is what the file says. */
export function goldenTrace(slug: string, seen: Trace[]): unknown {
  const file = fileOf(slug);
  if (process.env.UPDATE_TRACES) writeFileSync(file, `${JSON.stringify(seen, null, 2)}\n`);
  return JSON.parse(readFileSync(file, "utf8"));
}
