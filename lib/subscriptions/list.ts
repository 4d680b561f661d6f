import type { Viewer } from "@/lib/auth/viewer";
import type { Subscription } from "./view";

type Page = { limit?: number | undefined; cursor?: string | undefined };

/** The viewer's subscriptions as they were made, a page at a time. @throws AppError invalid naming `cursor` */
export async function listSubscriptions(
  _viewer: Viewer,
  _page: Page = {},
): Promise<{ subscriptions: Subscription[]; nextCursor: string | null }> {
  return { subscriptions: [], nextCursor: null };
}
