import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import type { Subscription } from "./view";

/**
 * Subscribes to a feed, which is read first; its events come with the first refresh, asked for at once.
 * @throws AppError invalid, unavailable or rate_limited naming the field; conflict for an address that is subscribed to
 */
export async function createSubscription(
  _viewer: Viewer,
  _input: unknown,
  _now: Date,
): Promise<Subscription> {
  throw new AppError("unavailable", "Feeds cannot be read yet.", { field: "url" });
}
