import type { Viewer } from "@/lib/auth/viewer";
import { listSubscriptions } from "@/lib/subscriptions/list";
import type { Subscription } from "@/lib/subscriptions/view";

/** All subscriptions of the viewer, who may have only so many: a page or two of them. */
export async function listAllSubscriptions(viewer: Viewer): Promise<Subscription[]> {
  const all: Subscription[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await listSubscriptions(viewer, { limit: 100, cursor });
    all.push(...page.subscriptions);
    cursor = page.nextCursor;
  }
  return all;
}
