import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import type { LocalChange } from "./view";

/** What the viewer changed about events of a subscription, the latest first. @throws AppError not_found */
export async function listLocalChanges(_viewer: Viewer, _id: string): Promise<LocalChange[]> {
  return [];
}

/**
 * Decides something about one event of a feed, for the viewer alone; all of it, if it repeats. Where everything is as the
 * feed says again, nothing is kept.
 * @throws AppError not_found, or invalid naming the field
 */
export async function changeFeedEvent(
  _viewer: Viewer,
  _id: string,
  _eventId: string,
  _input: unknown,
  _now: Date,
): Promise<LocalChange> {
  throw new AppError("not_found", "This subscription does not exist.");
}
