import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeFakeFeed } from "@/db/factories/fake-feed";
import { makeVisit } from "@/db/factories/visit";
import { bookings, calendars, localChanges, users } from "@/db/schema";
import { getAvailableSlots } from "@/lib/availability/slots";
import { AppError } from "@/lib/errors";
import type { Occurrence } from "@/lib/providers/provider";
import { pullCalendar } from "@/lib/sync/pull";
import { checkBooking, readConflictCalendars } from "./check";
import { settleUnread } from "./confirm";

const now = new Date("2026-01-01T00:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const away = new AppError("unavailable", "The server is away.");
const day = 1440;

/** A host whose only calendar that blocks is a feed, read just now. */
async function makeSubscriber(values: Parameters<typeof makeFakeFeed>[1] = {}) {
  const page = await makeBookingPage();
  const feed = await makeFakeFeed(page.hostId, values);
  const id = feed.calendar.id;
  await pullCalendar(id, now);
  const row = async () => (await database().select().from(calendars).where(eq(calendars.id, id)))[0];
  const set = (changed: Partial<typeof calendars.$inferInsert>) =>
    database().update(calendars).set(changed).where(eq(calendars.id, id));
  const book = async (at = now, start = "2026-01-05T10:00:00Z") => (await makeVisit(page, at, { start })).id;
  const holiday = (time: Occurrence["time"], transparency: Occurrence["transparency"] = "opaque") =>
    feed.account.save(feed.remoteId, {
      uid: "holiday",
      occurrences: [{ key: "", title: "Holiday", time, status: "confirmed", transparency }],
    });
  /** Decides something about that event here. */
  const say = (change: Partial<typeof localChanges.$inferInsert>) => {
    const providerEventId = feed.account.events(feed.remoteId)[0]?.id ?? "";
    return database()
      .insert(localChanges)
      .values({ calendarId: id, hostId: page.hostId, providerEventId, ...change })
      .onConflictDoUpdate({
        target: [localChanges.calendarId, localChanges.providerEventId],
        set: change,
      });
  };
  const monday = () =>
    getAvailableSlots({
      eventTypeId: page.eventType.id,
      from: new Date("2026-01-05T00:00:00Z"),
      to: new Date("2026-01-06T00:00:00Z"),
      now: later(1),
    });
  return { ...feed, hostId: page.hostId, row, set, book, holiday, say, monday };
}

const atTen = {
  kind: "timed",
  startsAt: new Date("2026-01-05T10:00:00Z"),
  endsAt: new Date("2026-01-05T10:30:00Z"),
} as const;
const allMonday = { kind: "allDay", startDay: "2026-01-05", endDay: "2026-01-06" } as const;

const waitsForOf = async (id: string) =>
  (await database().select().from(bookings).where(eq(bookings.id, id)))[0]?.waitsFor;

describe("a booking and a feed that blocks", () => {
  test("reads it afresh, unless it was read within five minutes", async () => {
    const { book, holiday, row } = await makeSubscriber();
    holiday(atTen);
    expect(await checkBooking(await book(later(4), "2026-01-05T10:00:00Z"), later(4))).toBe("confirmed");
    expect(await row()).toMatchObject({ lastSyncedAt: now });
    expect(await checkBooking(await book(later(6), "2026-01-05T11:00:00Z"), later(6))).toBe("confirmed");
    expect(await row()).toMatchObject({ lastSyncedAt: later(6) });
  });

  test("is declined for what the feed has had since", async () => {
    const { book, holiday } = await makeSubscriber();
    const id = await book();
    holiday(atTen);
    expect(await checkBooking(id, later(10))).toBe("declined");
  });

  test("is not held up when it cannot be read, and leaves it to its own time after that", async () => {
    const { book, account, row } = await makeSubscriber();
    account.failNext("pull", away);
    expect(await checkBooking(await book(), later(10))).toBe("confirmed");
    expect(await row()).toMatchObject({ errorCount: 1, lastSyncedAt: now });
    expect(await checkBooking(await book(now, "2026-01-05T11:00:00Z"), later(20))).toBe("confirmed");
    expect(await row()).toMatchObject({ errorCount: 1, lastSyncedAt: now });
  });

  test("is not held up by one that was given up", async () => {
    const { book, set, row } = await makeSubscriber();
    await set({ isEnabled: false });
    expect(await checkBooking(await book(), later(10))).toBe("confirmed");
    expect(await row()).toMatchObject({ lastSyncedAt: now });
  });

  test("is not held up by one that dawdles", async () => {
    const { account, hostId, row } = await makeSubscriber();
    account.delayMs = 300;
    const begun = performance.now();
    expect(await readConflictCalendars(hostId, later(10), { longestFeedMs: 20 })).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(250);
    await expect.poll(row).toMatchObject({ lastSyncedAt: later(10) });
  });

  test("is not confirmed on what has closed the booking pages since", async () => {
    const { book, hostId, set, row } = await makeSubscriber({ subscription: { refreshMinutes: 720 } });
    const id = await book();
    await set({ errorCount: 1 });
    const limit = later(1.5 * day);
    await database().update(users).set({ whenUnreadable: "confirm_if_recent" }).where(eq(users.id, hostId));
    await expect(checkBooking(id, new Date(limit.getTime() + 1))).rejects.toThrow(
      "The calendar Holidays could not be read just now.",
    );
    expect(await settleUnread(id, new Date(limit.getTime() + 1))).toBe("pending");
    expect(await waitsForOf(id)).toBe("unreadable_calendar");
    expect(await row()).toMatchObject({ lastSyncedAt: now });
    expect(await checkBooking(await book(now, "2026-01-05T11:00:00Z"), limit)).toBe("confirmed");
  });
});

describe("the days of a feed", () => {
  test("go from the page, though marked free, where all its days block", async () => {
    const { calendar, holiday, monday, set } = await makeSubscriber({ calendar: { allDayBlocks: true } });
    holiday(allMonday, "transparent");
    await pullCalendar(calendar.id, later(1));
    expect(await monday()).toEqual([]);
    await set({ allDayBlocks: false });
    expect(await monday()).toHaveLength(16);
  });

  test.each([
    ["hidden", true, { isHidden: true }, 16],
    ["hidden and said to be busy", true, { isHidden: true, transparency: "opaque" }, 16],
    ["said to be free", true, { transparency: "transparent" }, 16],
    ["said to be busy", false, { transparency: "opaque" }, 0],
    ["only of another colour", true, { color: "#112233" }, 0],
    ["only of another colour", false, { color: "#112233" }, 16],
  ] as const)("that are %s here take time so (days block: %s)", async (_, allDayBlocks, change, free) => {
    const { calendar, holiday, say, monday } = await makeSubscriber({ calendar: { allDayBlocks } });
    holiday(allMonday, "transparent");
    await pullCalendar(calendar.id, later(1));
    await say(change);
    expect(await monday()).toHaveLength(free);
  });

  test("or hours that are said to be busy or free here count so", async () => {
    const { calendar, holiday, say, monday } = await makeSubscriber();
    holiday(atTen);
    await pullCalendar(calendar.id, later(1));
    expect(await monday()).toHaveLength(15);
    await say({ transparency: "transparent" });
    expect(await monday()).toHaveLength(16);
    holiday(atTen, "transparent");
    await pullCalendar(calendar.id, later(1));
    await say({ transparency: "opaque" });
    expect(await monday()).toHaveLength(15);
  });
});
