import { getViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";

type Handler<Rest extends unknown[]> = (viewer: Viewer, request: Request, ...rest: Rest) => Promise<Response>;

/**
 * A JSON route for who is signed in in this browser. Another site's page cannot use that sign-in: the cookie stays away
 * from what it sends (SameSite=Lax), and browsers say where a request comes from.
 * @throws what `handler` throws, and AppError signed_out or forbidden, all as JSON answers
 */
export const sessionRoute = <Rest extends unknown[]>(handler: Handler<Rest>) =>
  route(async (request, ...rest: Rest) => {
    if (!isOurs(request)) throw new AppError("forbidden", "This can only be asked from Calends itself.");
    const answer = await handler(await getViewer(), request, ...rest);
    answer.headers.set("cache-control", "no-store");
    return answer;
  });

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
  return URL.canParse(origin) && own.includes(new URL(origin).host);
}
