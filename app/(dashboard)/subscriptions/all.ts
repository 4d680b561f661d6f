import type { Viewer } from "@/lib/auth/viewer";
import { listSubscriptions } from "@/lib/subscriptions/list";
import type { ListedSubscription } from "@/lib/subscriptions/view";

/** All subscriptions of the viewer, who may have only so many: a page or two of them; without their addresses. */
export async function listAllSubscriptions(viewer: Viewer): Promise<ListedSubscription[]> {
  const all: ListedSubscription[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await listSubscriptions(viewer, { limit: 100, cursor });
    all.push(...page.subscriptions.map(({ url, ...listed }) => listed));
    cursor = page.nextCursor;
  }
  return all;
}
