import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import type { SubscriptionPreview } from "./view";

/**
 * Reads a feed and says what subscribing to it would bring; nothing is stored.
 * @throws AppError naming `url`
 */
export async function previewSubscription(
  _viewer: Viewer,
  _input: unknown,
  _now: Date,
): Promise<SubscriptionPreview> {
  throw new AppError("unavailable", "Feeds cannot be read yet.", { field: "url" });
}
