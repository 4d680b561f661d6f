import { and, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { database } from "@/db/client";
import { appointments, appointmentTargets, calendarBindings, syncLogs } from "@/db/schema";
import { pushCalendar } from "@/lib/mirror/push-calendar";
import { makeAppointment } from "./appointments";
import { makeFakeCalendar } from "./fake-calendar";
import { makeHost } from "./users";

const now = new Date("2026-01-01T00:00:00Z");

/** A host with some appointments and a calendar that all of them belong in, where one event is not ours. */
export async function makeBound(titles: string[]) {
  const { user } = await makeHost();
  const fake = await makeFakeCalendar(user.id);
  const { account, remoteId, calendar } = fake;
  account.save(remoteId, { uid: "foreign", occurrences: [] });
  const ids: Record<string, string> = {};
  for (const title of titles) ids[title] = (await makeAppointment({ ownerId: user.id, title })).id;
  const [binding] = await database()
    .insert(calendarBindings)
    .values({ hostId: user.id, calendarId: calendar.id, scope: "all_visible" })
    .returning();
  const bindingId = binding?.id ?? "";
  const targets = () =>
    database().select().from(appointmentTargets).where(eq(appointmentTargets.calendarId, calendar.id));
  return {
    ...fake,
    hostId: user.id,
    bindingId,
    push: (when = now) => pushCalendar(calendar.id, when),
    targets,
    target: async (title: string) =>
      (await targets()).find(({ appointmentId }) => appointmentId === ids[title]),
    binding: async () => {
      const [row] = await database()
        .select()
        .from(calendarBindings)
        .where(eq(calendarBindings.id, bindingId));
      return row;
    },
    runs: () =>
      database()
        .select()
        .from(syncLogs)
        .where(and(eq(syncLogs.calendarId, calendar.id), eq(syncLogs.operation, "push")))
        .orderBy(syncLogs.id),
    /** Titles in the calendar, in the order of the alphabet; the foreign event must always be there. */
    titles: () => {
      const events = account.events(remoteId);
      expect(events.filter(({ uid }) => uid === "foreign")).toHaveLength(1);
      return events.flatMap(({ draft }) => (draft ? [draft.title] : [])).sort();
    },
    rename: (title: string, to: string) =>
      database()
        .update(appointments)
        .set({ title: to })
        .where(eq(appointments.id, ids[title] ?? "")),
    reschedule: (title: string, startsAt: Date) =>
      database()
        .update(appointments)
        .set({ startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) })
        .where(eq(appointments.id, ids[title] ?? "")),
    cancel: (title: string) =>
      database()
        .delete(appointments)
        .where(eq(appointments.id, ids[title] ?? "")),
    unbind: () => database().delete(calendarBindings).where(eq(calendarBindings.id, bindingId)),
    bind: () =>
      database()
        .insert(calendarBindings)
        .values({ hostId: user.id, calendarId: calendar.id, scope: "all_visible" }),
    /** As a push begins, and as saving does for one appointment. */
    aim: () => database().execute(sql`select aim_targets(${calendar.id}::uuid, null)`),
    /** Pushes, and lets `deed` happen while the first request is on its way. */
    pushWhile: async (deed: () => Promise<unknown>, when = now) => {
      const { promise, resolve } = withResolvers();
      const before = account.calls.length;
      account.held = promise;
      const pushing = pushCalendar(calendar.id, when);
      while (account.calls.length === before) await new Promise((later) => setImmediate(later));
      await deed().finally(resolve);
      return pushing;
    },
    /** How often a push of this calendar was asked for. */
    asked: async () => {
      const [row] = await database().execute<{ times: number }>(sql`
        select count(*)::int as times from inngest_events
        where name = 'calendar/push.requested' and data::jsonb ->> 'calendarId' = ${calendar.id}`);
      return row?.times ?? 0;
    },
  };
}

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
