import { eq, gt } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, bookings, calendars, syncedEvents } from "@/db/schema";
import type { GoogleServer } from "@/emulators/google/server";
import type { makeChaosBookings } from "./chaos-bookings";

// What stands at Google and with us, side by side, for the chaos test.

type Admin = GoogleServer["admin"];
type GoogleEvent = ReturnType<Admin["eventsIn"]>[number];
type Range = { from: Date; to: Date };
type Line = { id: string; title: string; from: string; to: string; status: string; isFree: boolean };

/** What stands in a calendar at Google, a line for each occurrence that begins in the range. */
export function listTruth(admin: Admin, calendarId: string, range: Range): string[] {
  const [timeMin, timeMax] = [range.from.toISOString(), range.to.toISOString()];
  return linesIn(range, admin.eventsIn({ calendarId, timeMin, timeMax }).map(lineOfGoogle));
}

/** The same, as we have it. */
export async function listOurs(calendarId: string, range: Range): Promise<string[]> {
  const rows = await database().select().from(syncedEvents).where(eq(syncedEvents.calendarId, calendarId));
  return linesIn(range, rows.map(lineOfRow));
}

/** At the ends of the window one reading knows more than the next. */
function linesIn({ from, to }: Range, lines: string[]): string[] {
  return lines.filter((line) => line >= from.toISOString() && line < to.toISOString()).sort();
}

function lineOfGoogle(event: GoogleEvent): string {
  const answer = event.attendees?.find(({ self }) => self)?.responseStatus;
  return lineOf({
    id: event.id,
    title: event.summary ?? "",
    from: instantOf(event.start),
    to: instantOf(event.end),
    status: event.status === "tentative" || answer === "tentative" ? "tentative" : "confirmed",
    isFree: event.transparency === "transparent" || answer === "declined",
  });
}

const instantOf = ({ date, dateTime = "" }: GoogleEvent["start"]) => date ?? new Date(dateTime).toISOString();

function lineOfRow(row: typeof syncedEvents.$inferSelect): string {
  return lineOf({
    id: row.providerEventId,
    title: row.title,
    from: row.startDay ?? row.startsAt?.toISOString() ?? "",
    to: row.endDay ?? row.endsAt?.toISOString() ?? "",
    status: row.status,
    isFree: row.transparency === "transparent",
  });
}

const lineOf = ({ id, title, from, to, status, isFree }: Line) =>
  `${from} – ${to} ${id} ${title} ${status}${isFree ? " free" : ""}`;

type Played = ReturnType<typeof makeChaosBookings>;

/** Bookings still ahead that are not the same here, in their appointment and in one copy at Google. */
export async function listBookingFaults(
  admin: Admin,
  { calendarIds, deedsOf }: Pick<Played, "calendarIds" | "deedsOf">,
): Promise<string[]> {
  const now = new Date(admin.now());
  const copies = listCopies(admin, calendarIds, now);
  const rows = await database()
    .select({
      booking: bookings,
      appointment: appointments,
      target: appointmentTargets,
      calendarId: calendars.remoteId,
    })
    .from(bookings)
    .leftJoin(appointments, eq(appointments.bookingId, bookings.id))
    .leftJoin(appointmentTargets, eq(appointmentTargets.appointmentId, appointments.id))
    .leftJoin(calendars, eq(calendars.id, appointmentTargets.calendarId))
    .where(gt(bookings.endsAt, now));
  const known = new Set(rows.map(({ booking }) => `${booking.id}@calends`));
  const strays = copies.filter(({ uid, endsAt }) => !known.has(uid) && endsAt > now);
  const faults = rows.flatMap((row) => {
    const own = copies.filter(({ uid }) => uid === `${row.booking.id}@calends`);
    const fault = findFault(row, own);
    if (!fault) return [];
    const { ours, theirs } = deedsOf(row.booking.id);
    return [
      { fault, booking: row.booking, appointment: row.appointment, target: row.target, own, ours, theirs },
    ];
  });
  return [...faults, ...strays.map((copy) => ({ fault: "belongs to no booking", copy }))].map((fault) =>
    JSON.stringify(fault),
  );
}

type Copy = ReturnType<typeof listCopies>[number];

function listCopies(admin: Admin, calendarIds: string[], now: Date) {
  const timeMin = new Date(now.getTime() - 86_400_000).toISOString();
  const timeMax = new Date(now.getTime() + 400 * 86_400_000).toISOString();
  return calendarIds.flatMap((calendarId) =>
    admin.eventsIn({ calendarId, timeMin, timeMax }).flatMap((event) => {
      const uid = event.extendedProperties?.private?.calendsUid;
      return uid === undefined ? [] : [{ uid, calendarId, id: event.id, etag: event.etag, ...asOurs(event) }];
    }),
  );
}

type Row = {
  booking: typeof bookings.$inferSelect;
  appointment: typeof appointments.$inferSelect | null;
  target: typeof appointmentTargets.$inferSelect | null;
  calendarId: string | null;
};

function findFault({ booking, appointment, target, calendarId }: Row, own: Copy[]): string | null {
  if (booking.movesToStart) return "its move is not decided";
  if (booking.status !== "confirmed") return own.length > 0 || appointment ? "is off, and still there" : null;
  const [copy] = own;
  if (!appointment || !target || !copy || own.length > 1) return "has not one copy";
  if (target.divergedAt || target.removedAt || target.pushedHash === null) return "is not settled";
  const isKnown = copy.calendarId === calendarId && copy.id === target.remoteId && copy.etag === target.etag;
  if (!isKnown) return "lies elsewhere, or in another version";
  if (!isSameTime(booking, appointment)) return "differs from its appointment";
  return sayingOf(appointment) === sayingOf(copy) ? null : "says something else";
}

type Saying = {
  title: string;
  description: string | null;
  location: string | null;
  startsAt: Date;
  endsAt: Date;
};

const sayingOf = ({ title, description, location, startsAt, endsAt }: Saying) =>
  [
    title,
    description?.trim() || null,
    location?.trim() || null,
    startsAt.toISOString(),
    endsAt.toISOString(),
  ].join(" | ");

function asOurs(event: GoogleEvent): Saying {
  const { summary = "", description, location } = event;
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return {
    title: summary,
    description: text(description),
    location: text(location),
    startsAt: new Date(instantOf(event.start)),
    endsAt: new Date(instantOf(event.end)),
  };
}

type Times = { startsAt: Date; endsAt: Date };
const isSameTime = (one: Times, other: Times) =>
  one.startsAt.getTime() === other.startsAt.getTime() && one.endsAt.getTime() === other.endsAt.getTime();

/** Deeds of the host at Google that may be put back, which is a write of ours. The others only make us follow. */
const refusable = ["move", "wholeDay", "repeat", "delete"];

/** Writes to what is not ours, and more writes to a booking's copy than there was reason for. */
export function listStrayWrites(admin: Admin, { deedsOf }: Pick<Played, "deedsOf">): string[] {
  const isWrite = /^events\.(insert|import|update|patch|delete|move)$/;
  const uids = new Map<string, string>();
  const counts = new Map<string, number>();
  const strays: string[] = [];
  for (const { route, path, body, status } of admin.log().filter((entry) => isWrite.test(entry.route))) {
    const { id, extendedProperties } = Object(body) as Partial<GoogleEvent>;
    const eventId = id ?? decodeURIComponent(path.split("/").at(-1) ?? "");
    const uid = extendedProperties?.private?.calendsUid ?? uids.get(eventId);
    if (uid === undefined) strays.push(`${route} of ${eventId}, which is not ours`);
    // Also where the answer was lost: the next request may know the event by its id alone.
    else uids.set(eventId, uid);
    const isDone = status !== null && status >= 200 && status < 300;
    if (uid !== undefined && isDone) counts.set(uid, (counts.get(uid) ?? 0) + 1);
  }
  for (const [uid, count] of counts) {
    const { ours, theirs } = deedsOf(uid.replace("@calends", ""));
    const most = 1 + ours.length + theirs.filter((name) => refusable.includes(name)).length;
    if (count > most)
      strays.push(`${uid} was written ${count} times, after ${[...ours, ...theirs].join(", ")}`);
  }
  return strays;
}
