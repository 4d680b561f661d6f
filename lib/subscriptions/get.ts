import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarSubscriptions } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { type FoundSubscription, selectSubscriptions, toSubscription } from "./row";
import type { Subscription } from "./view";

/** @throws AppError not_found */
export async function getSubscription(viewer: Viewer, id: string): Promise<Subscription> {
  return toSubscription(await asViewer(viewer, (tx) => getRow(tx, id)));
}

/** The rows of a subscription the viewer of `tx` has. @throws AppError not_found */
export async function getRow(tx: Transaction, id: string): Promise<FoundSubscription> {
  const [found] = await selectSubscriptions(tx).where(eq(calendarSubscriptions.id, id));
  if (!found) throw noSubscription();
  return found;
}

/** The calendar of a subscription the viewer of `tx` has. @throws AppError not_found */
export async function getCalendarId(tx: Transaction, id: string): Promise<string> {
  const [found] = await tx
    .select({ calendarId: calendarSubscriptions.calendarId })
    .from(calendarSubscriptions)
    .where(eq(calendarSubscriptions.id, id));
  if (!found) throw noSubscription();
  return found.calendarId;
}

const noSubscription = () => new AppError("not_found", "This subscription does not exist.");
