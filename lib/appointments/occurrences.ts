import { and, eq, isNotNull, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { appointmentOccurrences, appointments } from "@/db/schema";
import { expandRecurrence } from "@/lib/ical/expand-recurrence";
import { type AppointmentRow, timeOf } from "./view";

const day = 86_400_000;
// As far as calendars are read (lib/sync/pull), so that every booking window lies inside.
const behind = 31 * day;
const ahead = 550 * day;
/** They are made anew when so much of the window has gone by. */
const slack = 14 * day;
const atATime = 100;

/**
 * Makes anew what availability reads of an appointment (docs/mirror.md): its occurrences in the window around `now`,
 * none if it takes place once. For workers, in the transaction that changes it.
 * @throws AppError invalid when its rule gives more than anybody can work out
 */
export async function writeOccurrences(tx: Transaction, row: AppointmentRow, now: Date): Promise<void> {
  const { id, ownerId, recurrence, timeZone } = row;
  const window = { start: new Date(now.getTime() - behind), end: new Date(now.getTime() + ahead), timeZone };
  const found = recurrence ? expandRecurrence({ time: timeOf(row), timeZone, recurrence }, window) : [];
  const titles = new Map(recurrence?.exceptions.map(({ key, says }) => [key, says?.title]));
  const rows = found.map(({ key, time }) => ({
    ...{ key, title: titles.get(key) ?? row.title },
    ...(time.kind === "allDay"
      ? { startDay: time.startDay, endDay: time.endDay }
      : { startsAt: time.startsAt, endsAt: time.endsAt }),
  }));
  await tx.delete(appointmentOccurrences).where(eq(appointmentOccurrences.appointmentId, id));
  if (rows.length > 0)
    await tx.execute(sql`
      insert into appointment_occurrences
        (appointment_id, owner_id, occurrence_key, title, starts_at, ends_at, start_day, end_day)
      select ${id}::uuid, ${ownerId}::uuid, key, title, "startsAt", "endsAt", "startDay", "endDay"
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as made(
        key text, title text, "startsAt" timestamptz, "endsAt" timestamptz, "startDay" date, "endDay" date
      )`);
  await tx
    .update(appointments)
    .set({ expandedUntil: recurrence ? window.end : null })
    .where(eq(appointments.id, id));
}

/** Takes what repeats as far as the window has moved meanwhile. Says how many were due. */
export async function expandDueAppointments(now: Date): Promise<number> {
  const until = new Date(now.getTime() + ahead - slack).toISOString();
  const isDue = and(
    isNotNull(appointments.recurrence),
    sql`coalesce(${appointments.expandedUntil}, '-infinity') < ${until}::timestamptz`,
  );
  let done = 0;
  for (let count = atATime; count === atATime; done += count) {
    count = await database().transaction(async (tx) => {
      const due = await tx
        .select()
        .from(appointments)
        .where(isDue)
        .limit(atATime)
        .for("update", { skipLocked: true });
      for (const row of due) await writeOccurrences(tx, row, now);
      return due.length;
    });
  }
  return done;
}
