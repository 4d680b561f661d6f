import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { checkNew } from "./check-new";
import { colorFor, nameFor } from "./look";
import { addressOf, probeFeed } from "./probe";
import { feedAddress } from "./schema";
import type { SubscriptionPreview } from "./view";

/**
 * Reads a feed and says what subscribing to it would bring; nothing is stored.
 * @throws AppError naming `url`: invalid, unavailable, conflict for an address that is subscribed to; rate_limited
 */
export async function previewSubscription(
  viewer: Viewer,
  input: unknown,
  now: Date,
): Promise<SubscriptionPreview> {
  const url = addressOf(parseInput(feedAddress, input).url);
  await asViewer(viewer, (tx) => checkNew(tx, url));
  const feed = await probeFeed(viewer, url, now);
  const { eventCount, skippedCount, skipped, refreshMinutes } = feed.facts;
  return {
    name: nameFor(feed),
    color: await asViewer(viewer, (tx) => colorFor(tx, feed)),
    ...{ eventCount, skippedCount, skipped },
    feedRefreshMinutes: refreshMinutes,
    nextEvents: feed.nextEvents,
  };
}
