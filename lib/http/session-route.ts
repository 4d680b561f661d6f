import { getViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";
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
    refuseOtherSites(request);
    const answer = await handler(await getViewer(), request, ...rest);
    answer.headers.set("cache-control", "no-store");
    return answer;
  });

/** Programs send neither header; a person's address bar says `none`. */
function refuseOtherSites({ headers }: Request): void {
  const site = headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none")
    throw new AppError("forbidden", "This can only be asked from Calends itself.");
}
