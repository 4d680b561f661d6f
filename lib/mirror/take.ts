import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, bookings } from "@/db/schema";
import type { Appointment, Target } from "./copy";

/** A target that we have. Without an appointment, or with that of a booking that is off, its copy goes. */
export type Work = { target: Target; appointment: Appointment | null };

// Longer than a push works without asking for more; who has not let go by then has died.
const heldMs = 2 * 60_000;

/** When what is taken now becomes free by itself. */
export const takenUntil = (now: Date) => new Date(now.getTime() + heldMs);

/**
 * Takes targets of a calendar that are due: those that failed least first, and of what never failed what changed last,
 * since somebody is waiting for that. Of what failed, what is to go comes first: with its calendar gone, it can. The
 * rest has no order, so that it is not the same ones that end a run each time.
 */
export function takeDue(calendarId: string, now: Date, limit: number): Promise<Work[]> {
  return take(
    now,
    sql`
      select ${appointmentTargets.id} as id
      from appointment_targets left join appointments on appointments.id = appointment_targets.appointment_id
      where calendar_id = ${calendarId}::uuid and push_due_at <= ${at(now)} and ${isFree(now)}
      order by ${urgency} limit ${limit} for no key update of appointment_targets skip locked`,
  );
}

/** Takes every target of an appointment, due or not, that nobody has. */
export function takeAll(appointmentId: string, now: Date): Promise<Work[]> {
  return take(
    now,
    sql`
      select id from appointment_targets where appointment_id = ${appointmentId}::uuid and ${isFree(now)}
      for no key update skip locked`,
  );
}

const isFree = (now: Date) => sql`(taken_until is null or taken_until <= ${at(now)})`;

const { attempts, removedAt } = appointmentTargets;
const urgency = sql`${attempts}, ${attempts} > 0 and ${removedAt} is null, case when ${attempts} > 0 then random() end,
  coalesce(${removedAt}, ${appointments.updatedAt}) desc, ${appointmentTargets.id}`;

async function take(now: Date, free: SQL): Promise<Work[]> {
  const until = at(takenUntil(now));
  const taken = await database().execute<{ id: string }>(sql`
    with free as materialized (${free})
    update appointment_targets t set taken_until = ${until}, push_due_at = ${until}
    from free where t.id = free.id returning t.id`);
  if (taken.length === 0) return [];
  const rows = await database()
    .select({ target: appointmentTargets, appointment: appointments, status: bookings.status })
    .from(appointmentTargets)
    .leftJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
    .leftJoin(bookings, eq(bookings.id, appointments.bookingId))
    .where(
      inArray(
        appointmentTargets.id,
        taken.map(({ id }) => id),
      ),
    )
    .orderBy(urgency);
  return rows.map(({ target, appointment, status }) => ({
    target,
    // A booking that is off is wanted nowhere.
    appointment: status === null || status === "confirmed" ? appointment : null,
  }));
}

/**
 * Lets go of what was taken. What of it is due by then, because it changed meanwhile, is asked for. One by one: whoever
 * changes many copies at once, as they lose their binding, say, comes to them in an order of their own.
 */
export async function letGo(works: readonly Work[], now: Date): Promise<void> {
  for (const work of works)
    await database().execute(sql`
      with free as (
        update appointment_targets set taken_until = null where ${isHeld(work, now)}
        returning calendar_id, push_due_at
      )
      select request_push(calendar_id) from free where push_due_at <= ${at(now)}`);
}

/** The same for what nobody got round to: it is due as it was before. */
export async function letGoUntouched(works: readonly Work[], now: Date): Promise<void> {
  for (const work of works)
    await database().execute(sql`
      update appointment_targets set taken_until = null,
        push_due_at = case when push_due_at = ${at(takenUntil(now))} then 'epoch' else push_due_at end
      where ${isHeld(work, now)}`);
}

const isHeld = ({ target }: Work, now: Date): SQL =>
  sql`id = ${target.id}::uuid and taken_until = ${at(takenUntil(now))}`;

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
