import type { appointments, appointmentTargets } from "@/db/schema";
import { openCalendar } from "@/lib/connections/open";
import { AppError } from "@/lib/errors";
import type { EventDraft, OccurrenceTime, RemoteRef } from "@/lib/providers/provider";
import { type Counts, logRun, noChange } from "@/lib/sync/log";
import { hashOf } from "./meaning";
import { noteAttempt } from "./pushed";
import { remember } from "./remember";

export type Target = typeof appointmentTargets.$inferSelect;
export type Appointment = typeof appointments.$inferSelect;

/**
 * Writes the copy, new or over `previous`, and remembers what was written.
 * @throws AppError conflict when the copy is no longer `previous`
 */
export async function putCopy(
  target: Target,
  appointment: Appointment,
  previous: RemoteRef | undefined,
  now: Date,
): Promise<void> {
  const draft = draftOf(appointment, target);
  await noteAttempt(target.id, hashOf(draft));
  const ref = await write(target, previous ? "updated" : "created", now, (provider, calendarId) =>
    provider.putEvent(calendarId, draft, previous),
  );
  const isKnown = await remember(target, { previous, ref, pushed: draft }, now);
  // It was called off while it was written; what the host changed in it since goes, too.
  if (!isKnown) await deleteCopy(target, { id: ref.id, etag: null }, now);
}

/** @throws AppError conflict when the copy is no longer `ref` */
export const deleteCopy = (target: Target, ref: RemoteRef, now: Date): Promise<void> =>
  write(target, "deleted", now, (provider, calendarId) => provider.deleteEvent(calendarId, ref));

export const isConflict = (error: unknown): boolean => error instanceof AppError && error.code === "conflict";

/** What the appointment says, under the copy's own UID. */
export function draftOf(appointment: Appointment, target: Pick<Target, "uid">): EventDraft {
  const { sequence, title, description, location, timeZone, recurrence } = appointment;
  const time = timeOf(appointment);
  return { uid: target.uid, sequence, title, description, location, time, timeZone, recurrence };
}

/** The instants of days are for order only. */
export function timeOf({ startsAt, endsAt, startDay, endDay }: Times): OccurrenceTime {
  if (startDay !== null && endDay !== null) return { kind: "allDay", startDay, endDay };
  return { kind: "timed", startsAt, endsAt };
}

type Times = Pick<Appointment, "startsAt" | "endsAt" | "startDay" | "endDay">;

type Provider = Awaited<ReturnType<typeof openCalendar>>["provider"];

/** One change at the provider, with its row in the sync log. */
async function write<T>(
  { calendarId }: Target,
  change: Exclude<keyof Counts, "processed">,
  now: Date,
  work: (provider: Provider, remoteId: string) => Promise<T>,
): Promise<T> {
  const { result } = await logRun(calendarId, "push", now, async () => {
    const { calendar, provider } = await openCalendar(calendarId);
    return {
      result: await work(provider, calendar.remoteId),
      counts: { ...noChange, processed: 1, [change]: 1 },
    };
  });
  return result;
}
