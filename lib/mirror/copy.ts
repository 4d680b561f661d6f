import type { appointments, appointmentTargets } from "@/db/schema";
import { openCalendar } from "@/lib/connections/open";
import { AppError } from "@/lib/errors";
import type { RemoteRef } from "@/lib/providers/provider";
import { draftOf } from "./draft";
import { hashOf } from "./meaning";
import { noteAttempt } from "./pushed";
import { remember } from "./remember";

export { draftOf, timeOf } from "./draft";

export type Target = typeof appointmentTargets.$inferSelect;
export type Appointment = typeof appointments.$inferSelect;

/** A calendar with its provider; opened once for all that is done to it. */
export type OpenCalendar = Awaited<ReturnType<typeof openCalendar>>;

/**
 * Writes the copy, new or over `previous`, and remembers what was written; unless it is to go by now.
 * @throws AppError conflict when the copy is no longer `previous`
 */
export async function putCopy(
  target: Target,
  appointment: Appointment,
  previous: RemoteRef | undefined,
  now: Date,
  opened?: OpenCalendar,
): Promise<void> {
  const draft = draftOf(appointment, target);
  const { calendar, provider } = opened ?? (await openCalendar(target.calendarId));
  if (!(await noteAttempt(target.id, hashOf(draft)))) return;
  const ref = await provider.putEvent(calendar.remoteId, draft, previous);
  const isKnown = await remember(target, { previous, ref, pushed: draft }, now);
  // It was called off while it was written; what the host changed in it since goes, too.
  if (!isKnown) await provider.deleteEvent(calendar.remoteId, { id: ref.id, etag: null });
}

export const isConflict = (error: unknown): boolean => error instanceof AppError && error.code === "conflict";
