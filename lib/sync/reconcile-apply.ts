import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointments } from "@/db/schema";
import { writeOccurrences } from "@/lib/appointments/occurrences";
import { checkRule } from "@/lib/appointments/repeats";
import { moveByCalendar } from "@/lib/booking/by-calendar";
import type { BookingRow } from "@/lib/booking/lock";
import { AppError } from "@/lib/errors";
import { endOfSeries } from "@/lib/ical/expand-recurrence";
import { type Appointment, timeOf } from "@/lib/mirror/copy";
import { isSameTime, meaningOf } from "@/lib/mirror/meaning";
import type { OccurrenceTime, RemoteCopy } from "@/lib/providers/provider";
import { checkTimeZone } from "@/lib/users/time-zone";
import type { Refusal } from "./reconcile-plan";

type Change = { appointment: Appointment; booking: BookingRow | null; copy: RemoteCopy; now: Date };

/**
 * The appointment says what its copy says. Its other copies follow by trigger.
 * @returns why that cannot be, or `empty` when no occurrence is left of it; nothing is changed then
 */
export function applyTheirs(tx: Transaction, change: Change): Promise<"done" | "empty" | Refusal> {
  return change.booking ? applyToBooking(tx, change, change.booking) : applyToAppointment(tx, change);
}

async function applyToBooking(
  tx: Transaction,
  { appointment, copy, now }: Change,
  booking: BookingRow,
): Promise<"done" | Refusal> {
  const { title, description, location, time } = meaningOf(copy);
  if (time.kind !== "timed") throw new Error("A booking is never a day.");
  const { startsAt, endsAt } = time;
  if (!isSameTime(time, timeOf(appointment))) {
    if (!(await moveByCalendar(tx, booking, { startsAt, endsAt }, now))) return "booking";
  }
  await tx
    .update(appointments)
    .set({ title, description, location, startsAt, endsAt, updatedAt: now })
    .where(eq(appointments.id, appointment.id));
  return "done";
}

/** What a person may not type, no calendar may bring: a rule or a zone that nobody can reckon with. */
async function applyToAppointment(tx: Transaction, change: Change): Promise<"done" | "empty" | "rule"> {
  try {
    return await tx.transaction((attempt) => follow(attempt, change));
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return "rule";
    throw error;
  }
}

async function follow(
  tx: Transaction,
  { appointment, copy, now }: Change,
): Promise<"done" | "empty" | "rule"> {
  const { title, description, location, time, recurrence = null, timeZone } = meaningOf(copy);
  const series = recurrence && { time, recurrence, timeZone: timeZone ?? appointment.timeZone };
  if (series) await checkTimeZone(tx, series.timeZone);
  if (series && !isSameTime(checkRule(series), time)) return "rule";
  const end = series && endOfSeries(series);
  if (end?.isEmpty) return "empty";
  const [changed] = await tx
    .update(appointments)
    .set({
      title,
      description,
      location,
      ...columnsOf(time),
      recurrence,
      sequence: sql`${appointments.sequence} + 1`,
      updatedAt: now,
      // Of what takes place once, a trigger knows the end; and where it is shown is not the calendar's to say.
      ...(series && end && { timeZone: series.timeZone, lastEndsAt: end.endsAt }),
    })
    .where(eq(appointments.id, appointment.id))
    .returning();
  if (changed && (changed.recurrence || appointment.recurrence)) await writeOccurrences(tx, changed, now);
  return "done";
}

/** Of days, the trigger knows the instants. */
function columnsOf(time: OccurrenceTime) {
  return time.kind === "allDay"
    ? { startDay: time.startDay, endDay: time.endDay }
    : { startsAt: time.startsAt, endsAt: time.endsAt, startDay: null, endDay: null };
}
