import { eq } from "drizzle-orm";
import { expect, onTestFinished } from "vitest";
import { database } from "@/db/client";
import { appointmentTargets, calendarConnections } from "@/db/schema";
import type { GoogleAdmin } from "@/emulators/google/admin/admin";
import { functions } from "@/inngest";
import { listOccurrences } from "@/lib/appointments/list";
import { createBinding } from "@/lib/bindings/create";
import type { OccurrenceTime } from "@/lib/providers/provider";
import { makeGoogleConnection } from "./google";
import { startGoogleTime } from "./google-time";
import { makeHost } from "./users";

export type GoogleMirror = Awaited<ReturnType<typeof makeGoogleMirror>>;
type Range = { from: Date; to: Date };
const minuteMs = 60_000;

/**
 * A host in Berlin and a calendar of theirs at Google that all of their appointments are mirrored into, where one event
 * is not ours; watched by a channel. What is compared lies in `range`.
 */
export async function makeGoogleMirror(startsAt: Date, range: Range) {
  // Mails and reminders wait for their hour; nothing here is about them.
  const ours = functions.filter(({ opts }) => !/mail|remind/.test(opts.id));
  const time = await startGoogleTime(ours, { startsAt });
  const { viewer } = await makeHost({ timeZone: "Europe/Berlin" });
  const { admin } = time.google;
  const { calendar, email } = await makeGoogleConnection(time.google, viewer.userId, { isDestination: true });
  // The next test has another Google.
  onTestFinished(async () => {
    await database().delete(calendarConnections).where(eq(calendarConnections.hostId, viewer.userId));
  });
  const calendarId = calendar.remoteId;
  const foreign = { summary: "Foreign", start: { date: "2026-04-01" }, end: { date: "2026-04-02" } };
  admin.createEvent({ calendarId, event: foreign });
  const bindingId = await createBinding(viewer, { calendar_id: calendar.id, scope: "all_visible" }, startsAt);
  const shown = () =>
    admin.eventsIn({ calendarId, timeMin: range.from.toISOString(), timeMax: range.to.toISOString() });
  // Until there is a channel, changes are only polled for.
  while (!admin.channels().some(({ isLive }) => isLive)) await time.pass(5 * minuteMs);
  return {
    ...time,
    admin,
    viewer,
    email,
    calendarId,
    bindingId,
    minute: () => time.pass(minuteMs),
    shown,
    linesAtGoogle: () => shown().map(lineOf).sort(),
    /** Google has what we have, beside what is foreign there, and nothing is left to do. */
    agree: async () => {
      const items = await listOccurrences(viewer, range, "Europe/Berlin");
      const lines = items.map(({ title, location, time }) => lineOfOurs(title, location, time));
      expect(shown().map(lineOf).sort()).toEqual([lineOf(foreign), ...lines].sort());
      const isHosts = eq(appointmentTargets.ownerId, viewer.userId);
      const targets = await database().select().from(appointmentTargets).where(isHosts);
      const open = targets.filter(
        ({ divergedAt, pushDueAt, lastError }) => divergedAt ?? pushDueAt ?? lastError,
      );
      expect(open).toEqual([]);
    },
    /** Nobody has anything to write, however often it is read again. @returns how many copies were looked at */
    rest: async () => {
      admin.clearLog();
      for (let n = 0; n < 8; n += 1) await time.pass(5 * minuteMs);
      expect(listWrites(admin)).toEqual([]);
      return admin.log({ route: "events.get" }).length;
    },
  };
}

/** Requests that changed events, or would have. */
export const listWrites = (admin: GoogleAdmin) =>
  admin.log().filter(({ route }) => /^events\.(insert|patch|update|delete|move|import)$/.test(route));

type Place = { date?: string; dateTime?: string };
type Shown = { summary?: string; location?: unknown; start: Place; end: Place };

const lineOf = ({ summary, location, start, end }: Shown) =>
  `${placeOf(start)} ${placeOf(end)} ${summary} ${location ?? ""}`;
const placeOf = ({ date, dateTime }: Place) => date ?? new Date(dateTime ?? "").toISOString();

const lineOfOurs = (title: string, location: string | null, time: OccurrenceTime) =>
  time.kind === "allDay"
    ? `${time.startDay} ${time.endDay} ${title} ${location ?? ""}`
    : `${time.startsAt.toISOString()} ${time.endsAt.toISOString()} ${title} ${location ?? ""}`;
