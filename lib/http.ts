import { AppError, type ErrorCode } from "./errors";

const statusOf: Record<ErrorCode, number> = {
  invalid: 400,
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  reconnect: 409,
  rate_limited: 429,
  unavailable: 503,
};

/** The edge between HTTP and verbs: wraps a route handler so that expected failures become JSON answers. */
export function route<Rest extends unknown[]>(
  handler: (request: Request, ...rest: Rest) => Promise<Response>,
): (request: Request, ...rest: Rest) => Promise<Response> {
  return async (request, ...rest) => {
    try {
      return await handler(request, ...rest);
    } catch (error) {
      if (error instanceof AppError) return errorResponse(error);
      throw error;
    }
  };
}

function errorResponse({ code, message, field, retryAfterSeconds }: AppError): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(Math.ceil(retryAfterSeconds)));
  return Response.json(
    { error: { code, message, ...(field ? { field } : {}) } },
    { status: statusOf[code], headers },
  );
}

/**
 * The request's JSON body.
 * @throws AppError invalid when it is no JSON or larger than `limitBytes`
 */
export async function readJson(request: Request, limitBytes = 16_384): Promise<unknown> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  const body = declared > limitBytes ? null : await readLimited(request, limitBytes);
  if (body === null) throw new AppError("invalid", `The body is larger than ${limitBytes} bytes.`);
  try {
    return JSON.parse(body);
  } catch {
    throw new AppError("invalid", "The body is not JSON.");
  }
}

async function readLimited(request: Request, limitBytes: number): Promise<string | null> {
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > limitBytes) return null;
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}
