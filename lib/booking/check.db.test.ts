import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { makeVisit } from "@/db/factories/visit";
import { bookings, calendarConnections } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { pushBooking } from "@/lib/mirror/push";
import type { Occurrence } from "@/lib/providers/provider";
import { pullCalendar } from "@/lib/sync/pull";
import { checkBooking } from "./check";
import { sweepPending } from "./sweep";

const now = new Date("2026-01-01T00:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const away = new AppError("unavailable", "The server is away.");

/** A host with two calendars that block, both read; the first one receives. */
async function makeHost() {
  const page = await makeBookingPage();
  const first = await makeFakeCalendar(page.hostId, { isDestination: true });
  const second = await makeFakeCalendar(page.hostId);
  for (const { calendar } of [first, second]) await pullCalendar(calendar.id, now);
  const book = async (start = "2026-01-05T10:00:00Z") => (await makeVisit(page, now, { start })).id;
  return { first, second, book };
}

const meeting = (start: string, end: string): Occurrence[] => [
  {
    key: "",
    title: "Own",
    time: { kind: "timed", startsAt: new Date(start), endsAt: new Date(end) },
    status: "confirmed",
    transparency: "opaque",
  },
];

const rowOf = async (id: string) => (await database().select().from(bookings).where(eq(bookings.id, id)))[0];
const statusOf = async (id: string) => (await rowOf(id))?.status;
const waitsForOf = async (id: string) => (await rowOf(id))?.waitsFor;

describe("checkBooking", () => {
  test("reads every calendar again at each attempt: what an earlier one read is too old", async () => {
    const { first, second, book } = await makeHost();
    const id = await book();
    second.account.failNext("pull", away);
    await expect(checkBooking(id, later(1))).rejects.toThrow("The server is away.");
    expect(await statusOf(id)).toBe("pending");
    first.account.save(first.remoteId, {
      uid: "sudden",
      occurrences: meeting("2026-01-05T10:15:00Z", "2026-01-05T10:20:00Z"),
    });
    expect(await checkBooking(id, later(2))).toBe("declined");
  });

  test("does not mind a calendar that was disconnected meanwhile", async () => {
    const { second, book } = await makeHost();
    const id = await book();
    second.account.delayMs = 30;
    const checking = checkBooking(id, later(1));
    await database()
      .delete(calendarConnections)
      .where(eq(calendarConnections.id, second.calendar.connectionId));
    expect(await checking).toBe("confirmed");
  });

  test("does not take our own copy for an event, until the host has moved it", async () => {
    const { first, book } = await makeHost();
    const id = await book();
    expect(await checkBooking(id, later(1))).toBe("confirmed");
    await pushBooking(id, later(1));
    await pullCalendar(first.calendar.id, later(2));
    expect(await checkBooking(await book("2026-01-05T10:30:00Z"), later(3))).toBe("confirmed");

    first.account.save(first.remoteId, {
      uid: `${id}@calends`,
      occurrences: meeting("2026-01-05T14:00:00Z", "2026-01-05T14:30:00Z"),
    });
    expect(await checkBooking(await book("2026-01-05T14:00:00Z"), later(4))).toBe("declined");
  });
});

describe("sweepPending", () => {
  test("finds holds nobody decided, and asks the host after two hours", async () => {
    const { book } = await makeHost();
    const id = await book();
    const madeAt = async (minutesAgo: number) => {
      await database()
        .update(bookings)
        .set({ createdAt: later(-minutesAgo) })
        .where(eq(bookings.id, id));
      return sweepPending(now);
    };
    expect(await madeAt(10)).not.toContain(id);
    expect(await madeAt(20)).toContain(id);
    expect(await statusOf(id)).toBe("pending");
    expect(await madeAt(121)).not.toContain(id);
    expect(await statusOf(id)).toBe("pending");
    expect(await waitsForOf(id)).toBe("unreadable_calendar");
    expect(await madeAt(300)).not.toContain(id);
  });

  test("settles the others when one cannot be settled", async () => {
    const { book } = await makeHost();
    const [broken, fine] = [await book("2026-01-05T10:00:00Z"), await book("2026-01-05T11:00:00Z")];
    for (const id of [broken, fine])
      await database()
        .update(bookings)
        .set({ createdAt: later(-300) })
        .where(eq(bookings.id, id));
    await database().execute(sql`create function refuse_change() returns trigger language plpgsql
      as $$ begin raise 'broken'; end $$`);
    await database().execute(sql`create trigger refuse_change before update on bookings for each row
      when (new.starts_at = '2026-01-05T10:00:00Z') execute function refuse_change()`);
    await sweepPending(now);
    await database().execute(sql`drop trigger refuse_change on bookings`);
    expect([await waitsForOf(broken), await waitsForOf(fine)]).toEqual([null, "unreadable_calendar"]);
    await sweepPending(now);
    expect(await waitsForOf(broken)).toBe("unreadable_calendar");
  });
});
