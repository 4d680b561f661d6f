import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import type { Subscription } from "./view";

/** @throws AppError not_found */
export async function getSubscription(_viewer: Viewer, _id: string): Promise<Subscription> {
  throw new AppError("not_found", "This subscription does not exist.");
}
