import { and, eq, isNotNull, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, calendars, syncLogs } from "@/db/schema";
import { getAvailableSlots } from "@/lib/availability/slots";
import { confirmBooking } from "@/lib/booking/confirm";
import { moveByVisitor } from "@/lib/booking/move";
import { pushBooking } from "@/lib/mirror/push";
import type { Occurrence, OccurrenceTime } from "@/lib/providers/provider";
import { pullCalendar } from "@/lib/sync/pull";
import { reconcileTarget } from "@/lib/sync/reconcile";
import { reconcileDetail } from "@/lib/sync/reconcile-detail";
import { makeBookingPage } from "./booking-page";
import { makeFakeCalendar } from "./fake-calendar";
import { makeConfirmedVisit } from "./visit";

export type Edit = {
  time?: OccurrenceTime;
  title?: string;
  description?: string;
  location?: string;
  /** Instead of one: it repeats. */
  times?: OccurrenceTime[];
};

/** A booking on Monday, 5 January 2026, that lies in its host's calendar, and what the host does to it there. */
export async function makeTwoWay(now: Date, start = "2026-01-05T10:00:00Z") {
  const page = await makeBookingPage();
  const fake = await makeFakeCalendar(page.hostId, { isDestination: true });
  const { account, remoteId, calendar } = fake;
  await pullCalendar(calendar.id, now);
  const visit = await makeConfirmedVisit(page, now, { start });
  const uid = `${visit.id}@calends`;
  await pushBooking(visit.id, now);
  await pullCalendar(calendar.id, now);
  const target = async () => {
    const [row] = await database().select().from(appointmentTargets).where(eq(appointmentTargets.uid, uid));
    return row;
  };
  const targetId = (await target())?.id ?? "";
  return {
    page,
    ...fake,
    visit,
    uid,
    target,
    targetId,
    copy: () => account.find(remoteId, uid),
    /** What writes at the provider there were so far. */
    writes: () => account.calls.filter((call) => call === "put" || call === "delete").length,
    asked: () => countAsked(targetId),
    appointment: async () => {
      const [row] = await database().select().from(appointments).where(eq(appointments.bookingId, visit.id));
      return row;
    },
    /** The host saves the event in their app. */
    edit: ({ time, times, title, ...words }: Edit) => {
      const before = account.find(remoteId, uid);
      const first = before?.occurrences[0];
      if (!before || !first) throw new Error("There is no copy to edit.");
      const occurrences = (times ?? [time ?? first.time]).map(
        (each, at): Occurrence => ({
          ...first,
          title: title ?? first.title,
          time: each,
          key: times ? String(at) : "",
        }),
      );
      account.save(remoteId, { uid, ...words, occurrences });
    },
    /** The visitor moves it; what the host did in the calendar a moment ago was not read, and it is not told. */
    moveHere: async (clock: string, when: Date, day = "2026-01-05") => {
      await database().update(calendars).set({ lastSyncedAt: when }).where(eq(calendars.hostId, page.hostId));
      await moveByVisitor(visit.token, { start: `${day}T${clock}:00.000Z` }, when);
      const status = await confirmBooking(visit.id, when);
      if (status !== "confirmed") throw new Error(`The move came to ${status}.`);
    },
    /** A notification came: the calendar is read, and what it shows is settled. */
    settle: async (when: Date, calendarId = calendar.id) => {
      await pullCalendar(calendarId, when);
      await reconcileTarget(targetId, when);
    },
    isFree: async (clock: string, day = "2026-01-05") => {
      const from = new Date(`${day}T${clock}:00Z`);
      const to = new Date(from.getTime() + 1);
      const eventTypeId = page.eventType.id;
      return (
        (await getAvailableSlots({ eventTypeId, from, to, now: await lastReadAt(calendar) })).length === 1
      );
    },
    details: () => listDetails(calendar),
  };
}

export type TwoWay = Awaited<ReturnType<typeof makeTwoWay>>;

export const outcomesOf = async ({ details }: TwoWay) => (await details()).map(({ outcome }) => outcome);

async function lastReadAt({ id }: typeof calendars.$inferSelect): Promise<Date> {
  const [row] = await database().select().from(calendars).where(eq(calendars.id, id));
  return row?.lastSyncedAt ?? new Date(0);
}

async function countAsked(targetId: string): Promise<number> {
  const [row] = await database().execute<{ times: number }>(sql`
    select count(*)::int as times from inngest_events
    where name = 'target/diverged' and data::jsonb ->> 'targetId' = ${targetId}`);
  return row?.times ?? 0;
}

/** What the log keeps of each settlement, in their order. */
async function listDetails({ id }: typeof calendars.$inferSelect) {
  const rows = await database()
    .select({ detail: syncLogs.detail })
    .from(syncLogs)
    .where(and(eq(syncLogs.calendarId, id), eq(syncLogs.operation, "reconcile"), isNotNull(syncLogs.detail)))
    .orderBy(syncLogs.id);
  return rows.map(({ detail }) => reconcileDetail.parse(detail));
}
