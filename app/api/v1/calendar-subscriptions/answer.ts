import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { readJson } from "@/lib/http";
import { camelCase, renameKeys, snakeCase } from "@/lib/http/snake-case";
import { viewerRoute } from "@/lib/http/viewer-route";
import { subscriptionJson } from "@/lib/subscriptions/json";
import type { Subscription } from "@/lib/subscriptions/view";

type Handler<Rest extends unknown[]> = (viewer: Viewer, request: Request, ...rest: Rest) => Promise<Response>;

/** A route that names the field to blame as it was sent. */
export const subscriptionRoute = <Rest extends unknown[]>(handler: Handler<Rest>) =>
  viewerRoute(async (viewer, request, ...rest: Rest) => {
    try {
      return await handler(viewer, request, ...rest);
    } catch (error) {
      throw error instanceof AppError ? asSent(error) : error;
    }
  });

/** The body in our own names. @throws AppError invalid */
export const readBody = async (request: Request): Promise<unknown> => inOurNames(await readJson(request));

/** And the query string. @throws AppError invalid */
export const readQuery = (request: Request): unknown =>
  inOurNames(Object.fromEntries(new URL(request.url).searchParams));

export const answer = (body: unknown, status = 200): Response =>
  Response.json(renameKeys(body, snakeCase), { status });

export const answerSubscription = (subscription: Subscription, status = 200): Response =>
  Response.json(subscriptionJson(subscription), { status });

/** Ours are no names here: what is called refreshInterval there is refresh_interval here, and nothing else. */
function inOurNames(sent: unknown): unknown {
  const names = typeof sent === "object" && sent !== null ? Object.keys(sent) : [];
  const unknown = names.find((name) => /[A-Z]/.test(name));
  if (unknown !== undefined) throw new UnknownName("invalid", "There is no such field.", { field: unknown });
  return renameKeys(sent, camelCase);
}

/** Its field is named as it was sent already. */
class UnknownName extends AppError {}

function asSent(error: AppError): AppError {
  const { code, message, field, retryAfterSeconds } = error;
  if (field === undefined || error instanceof UnknownName) return error;
  const when = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  return new AppError(code, message, { field: snakeCase(field), ...when, cause: error });
}
