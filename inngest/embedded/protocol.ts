import { type Inngest, InngestCommHandler, type InngestFunction } from "inngest";
import { z } from "zod";
import type { Memo } from "./store/runs";

// The SDK's wire protocol, spoken to the SDK's own handler in this process. No socket, no signature.

const errorShape = z.looseObject({ name: z.string(), message: z.string() });
const opShape = z.object({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: z.unknown(),
  error: errorShape.nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
});
export type Op = z.infer<typeof opShape>;
export type WireError = z.infer<typeof errorShape>;

/** What came of one call: the run is done, it got further, or its body threw. `output` is JSON. */
export type Answer =
  | { type: "done"; output: string }
  | { type: "progress"; ops: Op[]; retryAfter: string | null }
  | { type: "threw"; error: WireError; isFinal: boolean; retryAfter: string | null };

export type Call = {
  functionId: string;
  runId: string;
  /** The planned step to run; null lets the SDK discover what comes next. */
  stepId: string | null;
  attempt: number;
  maxAttempts: number;
  isPlanOnly: boolean;
  /** JSON array. */
  events: string;
  memos: readonly Memo[];
};

export type Protocol = {
  /** The configuration of every function, failure handlers included, as the SDK registers it. */
  register(): Promise<unknown[]>;
  call(call: Call): Promise<Answer>;
};

const embeddedUrl = "http://embedded.invalid/api/inngest";

export type Handle = (request: Request) => Promise<Response>;

/** The protocol in this process, or over HTTP to the functions that `serve()` offers at `url`. */
export function speakWith(handle: Handle, url = embeddedUrl): Protocol {
  return { register: () => register(handle, url), call: (call) => callFunction(handle, url, call) };
}

export function handlerOf(client: Inngest.Any, functions: readonly InngestFunction.Any[]): Handle {
  return new InngestCommHandler({
    client,
    functions: [...functions],
    frameworkName: "embedded",
    skipSignatureValidation: true,
    handler: (request: Request) => ({
      body: () => request.text(),
      headers: (key) => request.headers.get(key),
      method: () => request.method,
      url: () => new URL(request.url),
      transformResponse: ({ body, status, headers }) => new Response(body, { status, headers }),
    }),
  }).createHandler();
}

/** An in-band sync: the SDK answers with its whole registration. */
async function register(handle: Handle, url: string): Promise<unknown[]> {
  const response = await handle(
    new Request(url, {
      method: "PUT",
      headers: { "content-type": "application/json", "x-inngest-sync-kind": "in_band" },
      body: JSON.stringify({ url }),
    }),
  );
  const body = await response.text();
  if (!response.ok) throw new Error(`The SDK did not register its functions: ${body}`);
  return z.object({ functions: z.array(z.unknown()) }).parse(JSON.parse(body)).functions;
}

async function callFunction(handle: Handle, url: string, call: Call): Promise<Answer> {
  const query = new URLSearchParams({ fnId: call.functionId, stepId: call.stepId ?? "step" });
  const response = await handle(
    new Request(`${url}?${query}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-inngest-req-version": "2",
        "x-run-id": call.runId,
      },
      body: requestBody(call),
    }),
  );
  return readAnswer(response);
}

/** Memos and events are JSON already and go in as they are. Without `fn_id` the SDK keeps no checkpoints. */
function requestBody({ runId, attempt, maxAttempts, isPlanOnly, events, memos }: Call): string {
  const ctx = {
    run_id: runId,
    attempt,
    max_attempts: maxAttempts,
    disable_immediate_execution: isPlanOnly,
    use_api: false,
    stack: { stack: memos.map((memo) => memo.stepId), current: memos.length },
  };
  const steps = memos.map(({ stepId, isError, value }) => {
    const memo = isError ? `{"type":"error","error":${value}}` : `{"type":"data","data":${value}}`;
    return `${JSON.stringify(stepId)}:${memo}`;
  });
  const [first] = JSON.parse(events) as unknown[];
  return `{"version":2,"event":${JSON.stringify(first)},"events":${events},"steps":{${steps.join(",")}},"ctx":${JSON.stringify(ctx)}}`;
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const retryAfter = response.headers.get("retry-after");
  if (response.status === 200) return { type: "done", output: text };
  const body = parseJson(text);
  if (response.status === 206) {
    const ops = z.array(opShape).safeParse(Array.isArray(body) ? body : [body]);
    if (ops.success) return { type: "progress", ops: ops.data, retryAfter };
  }
  const isFinal = response.headers.get("x-inngest-no-retry") === "true";
  return { type: "threw", error: readError(body, text), isFinal, retryAfter };
}

function readError(body: unknown, text: string): WireError {
  const error = errorShape.safeParse(body);
  if (error.success) return error.data;
  const answer = z.object({ error: z.string() }).safeParse(body);
  return { name: "Error", message: answer.data?.error ?? `The SDK answered ${text.slice(0, 500)}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
