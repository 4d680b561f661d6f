import { verifyApiToken } from "@/lib/api-tokens/verify";
import { getViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";
import { clientAddress } from "@/lib/rate-limit/client-address";
import { findUrl } from "@/lib/url";

type Handler<Rest extends unknown[]> = (viewer: Viewer, request: Request, ...rest: Rest) => Promise<Response>;

/**
 * A JSON route for who is signed in in this browser, and for programs with an API token of theirs.
 * @throws what `handler` throws, and AppError signed_out, forbidden or rate_limited, all as JSON answers
 */
export function viewerRoute<Rest extends unknown[]>(handler: Handler<Rest>) {
  const answerTo = route(async (request, ...rest: Rest) => {
    const answer = await handler(await viewerOfRequest(request), request, ...rest);
    answer.headers.set("cache-control", "no-store");
    return answer;
  });
  return async (request: Request, ...rest: Rest) => {
    const answer = await answerTo(request, ...rest);
    if (answer.status === 401) answer.headers.set("www-authenticate", challengeTo(request));
    return answer;
  };
}

/** Whoever sends Authorization means it: what is wrong with it never makes the request the cookie's. */
async function viewerOfRequest(request: Request): Promise<Viewer> {
  const authorization = authorizationOf(request);
  if (authorization === null) return viewerOfCookie(request);
  const [, secret] = authorization.match(/^bearer +(\S+) *$/i) ?? [];
  if (!secret) throw new AppError("signed_out", "Send an API token: “Authorization: Bearer calends_…”.");
  const address = clientAddress(request.headers, env().TRUSTED_PROXIES);
  return verifyApiToken(secret, address, new Date());
}

/** But for Basic, which browsers add for a proxy before Calends that asks for a password of its own. */
function authorizationOf({ headers }: Request): string | null {
  const authorization = headers.get("authorization");
  return authorization && /^basic /i.test(authorization) ? null : authorization;
}

/**
 * Another site's page cannot use this browser's sign-in: the cookie stays away from what it sends (SameSite=Lax), and
 * browsers say where a request comes from.
 */
async function viewerOfCookie(request: Request): Promise<Viewer> {
  if (!isOurs(request)) throw new AppError("forbidden", "This can only be asked from Calends itself.");
  return getViewer();
}

/**
 * Programs say neither; a person's address bar says `none`. Older browsers, and any on an address without https, say
 * only the origin.
 */
function isOurs({ headers, url }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  if (origin === null) return true;
  const own = [
    headers.get("x-forwarded-host"),
    headers.get("host"),
    new URL(url).host,
    new URL(env().APP_URL).host,
  ];
  const from = findUrl(origin)?.host;
  return from !== undefined && own.includes(from);
}

/** RFC 6750 §3: what to sign in with, and whether what came was wrong. */
function challengeTo(request: Request): string {
  const wrong = authorizationOf(request) !== null ? ', error="invalid_token"' : "";
  return `Bearer realm="Calends"${wrong}`;
}
