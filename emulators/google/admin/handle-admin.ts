import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal, readText } from "../http";
import type { GoogleAdmin } from "./admin";

/** `POST /_admin/<name>` with the argument as JSON; `GET /_admin` lists the names. */
export async function handleAdmin(
  admin: GoogleAdmin,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = await readText(request);
  const name = (request.url ?? "").split(/[/?]/)[2] ?? "";
  if (!name) return answer(response, 200, Object.keys(admin).sort());
  if (!Object.hasOwn(admin, name)) return answer(response, 404, { error: `There is no ${name}.` });
  // A page elsewhere can post a form to loopback, but not JSON.
  const isJson = (request.headers["content-type"] ?? "").startsWith("application/json");
  if (request.method !== "POST" || !isJson)
    return answer(response, 405, { error: "POST, with JSON, please." });
  try {
    const act = admin[name as keyof GoogleAdmin] as (argument: unknown) => unknown;
    const result = await act(JSON.parse(text || "{}"));
    answer(response, 200, plain(result) ?? { ok: true });
  } catch (error) {
    const message = error instanceof Refusal ? error.reply.body : String(error);
    answer(response, 400, { error: message });
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** Maps as objects; JSON would lose them. */
function plain(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(
    JSON.stringify(value, (_, part) => (part instanceof Map ? Object.fromEntries(part) : part)),
  );
}
