import type { appointments, appointmentTargets } from "@/db/schema";
import type { EventDraft, OccurrenceTime } from "@/lib/providers/provider";

type Appointment = typeof appointments.$inferSelect;

/** What the appointment says, under the copy's own UID. */
export function draftOf(
  appointment: Appointment,
  target: Pick<typeof appointmentTargets.$inferSelect, "uid">,
): EventDraft {
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
