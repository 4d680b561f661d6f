import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, bookings } from "@/db/schema";
import { openCalendar } from "@/lib/connections/open";
import { AppError } from "@/lib/errors";
import { noteBindings } from "./calendar-state";
import { perform } from "./perform";
import { beginReport, type Report } from "./report";
import { letGo, takeAll, type Work } from "./take";
import { aimAnew } from "./targets";

const patienceMs = 15_000;
const lookEveryMs = 200;

/**
 * Makes every copy of a booking's appointment what the appointment is, at once and whatever failed before. Those that
 * another push has just now are looked at when it is done: it may fail, and then leaves them to the schedule. What lies in
 * no calendar yet goes into the one that is the destination now, unless the booking is off.
 * @throws AppError from the provider, after noting it on the target and trying the others
 */
export async function pushBooking(bookingId: string, now: Date): Promise<void> {
  const [found] = await database()
    .select({ appointment: appointments, status: bookings.status })
    .from(appointments)
    .innerJoin(bookings, eq(bookings.id, appointments.bookingId))
    .where(eq(appointments.bookingId, bookingId));
  if (!found) return;
  const { appointment, status } = found;
  if (status === "confirmed") await database().transaction((tx) => aimAnew(tx, appointment, now));
  const until = performance.now() + patienceMs;
  await pushFree(appointment.id, now);
  while (await isTakenElsewhere(appointment.id, now)) {
    if (performance.now() > until)
      throw new AppError("unavailable", "The booking's event is being written by another run.");
    await sleep(lookEveryMs);
    await pushFree(appointment.id, now);
  }
  if (status !== "confirmed") await forgetAppointment(appointment.id);
}

/** Every copy that nobody has. */
async function pushFree(appointmentId: string, now: Date): Promise<void> {
  const works = await takeAll(appointmentId, now);
  const failures: unknown[] = [];
  try {
    for (const work of works) {
      const error = await pushOne(work, now);
      if (error) failures.push(error);
    }
  } finally {
    await letGo(works, now);
  }
  if (failures.length > 0) throw failures[0];
}

async function isTakenElsewhere(appointmentId: string, now: Date): Promise<boolean> {
  const taken = await database().execute(sql`
    select from appointment_targets
    where appointment_id = ${appointmentId}::uuid and taken_until > ${now.toISOString()}::timestamptz limit 1`);
  return taken.length > 0;
}

/** Each copy lies in a calendar of its own. */
async function pushOne(work: Work, now: Date): Promise<unknown> {
  const { calendarId } = work.target;
  const report: Report = beginReport(calendarId, now);
  const error = await perform(work, { open: () => openCalendar(calendarId), report, now });
  await report.write();
  await noteBindings(calendarId, report.failures(), now);
  return error;
}

/** It goes with its last copy; this one had none. */
async function forgetAppointment(id: string): Promise<void> {
  await database().execute(sql`
    delete from appointments where id = ${id}::uuid
      and not exists (select from appointment_targets where appointment_id = ${id}::uuid)`);
}
