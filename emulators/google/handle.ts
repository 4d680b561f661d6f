import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { authorizeCall } from "./access";
import { notFound } from "./errors";
import type { Effect } from "./fault";
import { selectFields } from "./fields";
import type { Google, LogEntry } from "./google";
import { bodyOf, type Call, Refusal, type Reply, readText } from "./http";
import { spendQuota } from "./quota";
import { findRoute, type Route } from "./routes";
import { namedFailure, takeFault } from "./take-fault";

/** One left running for days must not fill the memory. */
const mostEntries = 100_000;

/** One request of the product: found, written down, run into an accident or answered. */
export async function handle(
  google: Google,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const began = performance.now();
  const url = new URL(request.url ?? "/", google.baseUrl);
  const found = findRoute(request.method ?? "GET", url.pathname);
  const text = await readText(request);
  const params = found?.params ?? {};
  const call = { method: request.method ?? "GET", url, headers: request.headers, text, params };
  const entry = enter(google, found?.route.name ?? "unknown", call);
  const fault = found ? takeFault(google, found.route.name) : null;
  entry.fault = fault?.kind ?? null;
  const { latencyMs } = google.state.settings;
  const lateMs = fault?.kind === "latency" ? fault.milliseconds : 0;
  if (lateMs > 0) await sleep(lateMs);
  const reply = await replyOf(google, { route: found?.route ?? null, call, fault, entry });
  entry.status = reply?.status ?? null;
  const send =
    reply && readyAnswer(response, reply, fault?.kind === "truncate" ? (fault.bytes ?? null) : undefined);
  // The time an answer takes has its making in it.
  const rest = began + lateMs + latencyMs - performance.now();
  if (rest > 0) await sleep(rest);
  if (send) send();
  else request.socket.destroy();
}

type Asked = { route: Route | null; call: Call; fault: Effect | null; entry: LogEntry };

/** null where the connection breaks instead. */
async function replyOf(google: Google, { route, call, fault, entry }: Asked): Promise<Reply | null> {
  const accident = accidentOf(fault);
  const isLate = fault !== null && "after" in fault && fault.after === true;
  if (accident && !isLate) return accident.reply;
  const reply = await attempt(() =>
    route ? perform(google, { route, call, entry }) : Promise.reject(notFound()),
  );
  return accident ? accident.reply : reply;
}

async function perform(
  google: Google,
  { route, call, entry }: { route: Route; call: Call; entry: LogEntry },
): Promise<Reply> {
  if ("answer" in route) return route.answer(google, call);
  const authorized = authorizeCall(google, call, route);
  entry.user = authorized.user.email;
  spendQuota(google, {
    clientId: authorized.clientId,
    email: authorized.user.email,
    units: route.units ?? 1,
  });
  return selectFields(call, await route.guarded(google, authorized));
}

async function attempt(run: () => Promise<Reply>): Promise<Reply> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

function accidentOf(fault: Effect | null): { reply: Reply | null } | null {
  if (fault?.kind === "reset") return { reply: null };
  if (fault?.kind === "error") return { reply: namedFailure(fault).reply };
  if (fault?.kind !== "status") return null;
  const headers =
    fault.retryAfterSeconds === undefined ? {} : { "retry-after": String(fault.retryAfterSeconds) };
  return { reply: { status: fault.status, headers, html: fault.body ?? "" } };
}

/** `cutAt`: break off after so many bytes (null: halfway), though the header promised all. */
function readyAnswer(response: ServerResponse, reply: Reply, cutAt?: number | null): () => void {
  const { type, text } = bodyOf(reply);
  const body = Buffer.from(text);
  const hasBody = reply.status !== 204 && reply.status !== 304;
  return () => {
    response.writeHead(reply.status, {
      ...(hasBody ? { "content-type": type, "content-length": body.length } : {}),
      ...reply.headers,
    });
    if (reply.afterwards) response.once("close", reply.afterwards);
    if (cutAt === undefined) response.end(hasBody ? body : undefined);
    else response.write(body.subarray(0, cutAt ?? Math.floor(body.length / 2)), () => response.destroy());
  };
}

function enter(google: Google, route: string, call: Call): LogEntry {
  const entry: LogEntry = {
    at: new Date(google.clock.now()).toISOString(),
    route,
    method: call.method,
    path: call.url.pathname,
    query: Object.fromEntries(call.url.searchParams),
    headers: Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, String(value)])),
    body: readable(call.text),
    user: null,
    status: null,
    fault: null,
  };
  google.log.push(entry);
  if (google.log.length > mostEntries) google.log.splice(0, mostEntries / 10);
  return entry;
}

function readable(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return text;
  }
}
