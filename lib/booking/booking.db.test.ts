import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage, makeCalendar } from "@/db/factories/booking-page";
import { bookingForm } from "@/db/factories/visit";
import { appointments, appointmentTargets, bookings, syncedEvents } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { findBookingByToken } from "./by-token";
import { confirmBooking } from "./confirm";
import { requestBooking } from "./request";
import { bookingToken, hostToken, readBookingToken, readHostToken } from "./token";

type Page = Awaited<ReturnType<typeof makeBookingPage>>;
const now = new Date("2026-01-01T00:00:00Z");

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error) => (error instanceof AppError ? `${error.code}:${error.field ?? ""}` : String(error)),
  );

async function book(page: Page, values: Record<string, unknown> = {}): Promise<string> {
  const { token } = await requestBooking(bookingForm(page, values), now);
  return readBookingToken(token) ?? "";
}

const statusOf = async (id: string) =>
  (
    await database()
      .select({ status: bookings.status, reason: bookings.declineReason })
      .from(bookings)
      .where(eq(bookings.id, id))
  )[0];

describe("requestBooking", () => {
  test("holds the slot as pending and queues its confirmation in the same transaction", async () => {
    const page = await makeBookingPage();
    const { token, status } = await requestBooking(bookingForm(page), now);
    expect(status).toBe("pending");
    const id = readBookingToken(token) ?? "";
    expect(await findBookingByToken(token)).toMatchObject({
      id,
      visitorName: "Vera Visitor",
      status: "pending",
    });
    const [event] = await database().execute(
      sql`select count(*)::int as n from inngest_events where data like ${`%${id}%`}`,
    );
    expect(event).toEqual({ n: 1 });
    expect(await codeOf(requestBooking(bookingForm(page), now))).toBe("conflict:start");
  });

  test("asked again with the same key is the same booking, also side by side", async () => {
    const page = await makeBookingPage();
    const again = bookingForm(page);
    const answers = await Promise.all(Array.from({ length: 10 }, () => requestBooking(again, now)));
    expect(new Set(answers.map((answer) => answer.token)).size).toBe(1);
    expect(await codeOf(requestBooking({ ...again, start: "2026-01-05T11:00:00Z" }, now))).toBe(
      "invalid:idempotencyKey",
    );
    const rows = await database().select().from(bookings).where(eq(bookings.hostId, page.hostId));
    expect(rows).toHaveLength(1);
  });

  test("gives one of fifty the slot, also across event types that overlap", async () => {
    const page = await makeBookingPage();
    const longer = await page.makeEventType({
      durationMinutes: 90,
      slotIntervalMinutes: 15,
      bufferBeforeMinutes: 15,
    });
    const codes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        codeOf(
          requestBooking(
            n % 2
              ? bookingForm(page)
              : bookingForm(page, { eventType: longer.slug, start: "2026-01-05T09:15:00Z" }),
            now,
          ),
        ),
      ),
    );
    expect(codes.filter((code) => code === "ok")).toHaveLength(1);
    expect(codes.filter((code) => code === "conflict:start")).toHaveLength(49);
  });

  test("obeys the rules whatever the request says", async () => {
    const page = await makeBookingPage({ eventType: { minimumNoticeMinutes: 120, bookingWindowDays: 30 } });
    const ask = (values: Record<string, unknown>, at = now) =>
      codeOf(requestBooking(bookingForm(page, values), at));
    expect(await ask({ start: "2026-01-05T10:10:00Z" })).toBe("conflict:start");
    expect(await ask({ start: "2026-01-05T20:00:00Z" })).toBe("conflict:start");
    expect(await ask({ start: "2026-03-05T10:00:00Z" })).toBe("conflict:start");
    expect(await ask({}, new Date("2026-01-05T08:00:01Z"))).toBe("conflict:start");
    expect(await ask({ start: "tomorrow" })).toBe("invalid:start");
    expect(await ask({ timeZone: "Mars/Olympus" })).toBe("invalid:timeZone");
    expect(await ask({ email: "not an address" })).toBe("invalid:email");
    expect(await ask({ name: "  " })).toBe("invalid:name");
    expect(await ask({ note: "x".repeat(2001) })).toBe("invalid:note");
    expect(await ask({ idempotencyKey: "1" })).toBe("invalid:idempotencyKey");
    expect(await ask({ name: "a\u0000b" })).toBe("invalid:name");
    expect(await ask({ name: "Vera\r\n\r\nMove:\r\n  https://evil.example" })).toBe("invalid:name");
    expect(await ask({ answers: { topic: "\ud83d" } })).toBe("invalid:answers.topic");
    expect(await ask({ host: "a\u0000b" })).toBe("invalid:host");
    expect(await ask({ start: "0000-01-01T00:00:00Z" })).toBe("invalid:start");
    expect(await ask({ start: "9999-12-31T23:59:59-23:00" })).toBe("invalid:start");
    expect(await ask({ eventType: "nothing-here" })).toBe("not_found:");
  });
});

describe("what a visitor says beside the time", () => {
  const rowOf = async (page: Page, values: Record<string, unknown>) => {
    const id = await book(page, values);
    return (await database().select().from(bookings).where(eq(bookings.id, id)))[0];
  };

  test("a length is one of those offered; the first one when none is chosen", async () => {
    const page = await makeBookingPage({ eventType: { otherDurations: [60, 15] } });
    const ask = (durationMinutes: unknown) => rowOf(page, { durationMinutes });
    expect(await rowOf(page, {})).toMatchObject({ endsAt: new Date("2026-01-05T10:30:00Z") });
    expect(await rowOf(page, { durationMinutes: 60, start: "2026-01-05T11:00:00Z" })).toMatchObject({
      endsAt: new Date("2026-01-05T12:00:00Z"),
    });
    expect(await codeOf(ask(45))).toBe("invalid:durationMinutes");
    expect(await codeOf(ask(0))).toBe("invalid:durationMinutes");
    expect(await codeOf(ask("60"))).toBe("invalid:durationMinutes");
    const again = bookingForm(page, { start: "2026-01-05T13:00:00Z", durationMinutes: 60 });
    const { token } = await requestBooking(again, now);
    expect(await requestBooking(again, now)).toMatchObject({ token });
    expect(await codeOf(requestBooking({ ...again, durationMinutes: 15 }, now))).toBe(
      "invalid:idempotencyKey",
    );
  });

  test("a number is needed where the host calls", async () => {
    const page = await makeBookingPage({ eventType: { locationKind: "visitor_phone" } });
    expect(await codeOf(book(page))).toBe("invalid:phone");
    expect(await codeOf(book(page, { phone: "call me" }))).toBe("invalid:phone");
    expect(await codeOf(book(page, { phone: "12" }))).toBe("invalid:phone");
    expect(await codeOf(book(page, { phone: "12345\n67890" }))).toBe("invalid:phone");
    expect(await rowOf(page, { phone: " +32 470 12 34 56 " })).toMatchObject({
      visitorPhone: "+32 470 12 34 56",
    });
  });

  test("answers are kept with the questions as they were worded", async () => {
    const question = {
      id: "topic",
      label: "What about?",
      kind: "line",
      isRequired: true,
      options: [],
    } as const;
    const page = await makeBookingPage({ eventType: { questions: [{ ...question, options: [] }] } });
    expect(await codeOf(book(page))).toBe("invalid:answers.topic");
    expect(await codeOf(book(page, { answers: { topic: 5 } }))).toBe("invalid:answers.topic");
    expect(await codeOf(book(page, { answers: "Patents" }))).toBe("invalid:answers");
    expect(await rowOf(page, { answers: { topic: "Patents", other: "ignored" } })).toMatchObject({
      answers: [{ id: "topic", label: "What about?", answer: "Patents" }],
    });
  });

  test("a language no mail can be written in does not stand in the way", async () => {
    const page = await makeBookingPage();
    expect(await rowOf(page, { language: "en-US@posix" })).toMatchObject({ visitorLanguage: "en-GB" });
    expect(await rowOf(page, { language: "nl-BE", start: "2026-01-05T11:00:00Z" })).toMatchObject({
      visitorLanguage: "nl-BE",
    });
  });
});

describe("the table itself", () => {
  test("refuses two active bookings whose buffers overlap, whatever code runs", async () => {
    const page = await makeBookingPage();
    const insert = (start: string, status: "pending" | "confirmed" | "cancelled" = "pending") =>
      database()
        .insert(bookings)
        .values({
          hostId: page.hostId,
          eventTypeId: page.eventType.id,
          startsAt: new Date(start),
          endsAt: new Date(Date.parse(start) + 1_800_000),
          bufferBeforeMinutes: 10,
          bufferAfterMinutes: 10,
          status,
          cancelledBy: status === "cancelled" ? "host" : null,
          visitorName: "V",
          visitorEmail: "v@example.test",
          visitorTimeZone: "UTC",
          idempotencyKey: randomUUID(),
        })
        .then(
          () => "ok",
          (error) => error.cause?.constraint_name,
        );
    expect(await insert("2026-01-05T10:00:00Z")).toBe("ok");
    expect(await insert("2026-01-05T10:49:00Z", "confirmed")).toBe("bookings_never_overlap");
    expect(await insert("2026-01-05T10:49:00Z", "cancelled")).toBe("ok");
    expect(await insert("2026-01-05T10:50:00Z", "confirmed")).toBe("ok");
  });
});

describe("confirmBooking", () => {
  const event = async (page: Page, from: string, to: string) => {
    const calendar = await makeCalendar(page.hostId, { lastSyncedAt: now });
    await database()
      .insert(syncedEvents)
      .values({
        calendarId: calendar.id,
        hostId: page.hostId,
        providerEventId: "other",
        occurrenceKey: "",
        uid: "other",
        title: "Dentist",
        startsAt: new Date(from),
        endsAt: new Date(to),
        status: "confirmed",
        transparency: "opaque",
      });
    return calendar;
  };

  test("confirms once, with one appointment aimed at the destination calendar", async () => {
    const page = await makeBookingPage();
    const destination = await makeCalendar(page.hostId, { isDestination: true, checksConflicts: false });
    const id = await book(page);
    expect(await Promise.all([confirmBooking(id, now), confirmBooking(id, now)])).toEqual([
      "confirmed",
      "confirmed",
    ]);
    const targets = await database()
      .select({ calendarId: appointmentTargets.calendarId, uid: appointmentTargets.uid })
      .from(appointmentTargets)
      .innerJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
      .where(eq(appointments.bookingId, id));
    expect(targets).toEqual([{ calendarId: destination.id, uid: `${id}@calends` }]);
  });

  test("declines when an event has come in between, and frees the slot", async () => {
    const page = await makeBookingPage();
    const id = await book(page);
    await event(page, "2026-01-05T10:15:00Z", "2026-01-05T10:20:00Z");
    expect(await confirmBooking(id, now)).toBe("declined");
    expect(await statusOf(id)).toEqual({ status: "declined", reason: "conflict" });
    expect(await confirmBooking(id, now)).toBe("declined");
  });

  test("does not decide while a calendar that blocks is unread, also one ticked after the hold", async () => {
    const page = await makeBookingPage();
    const id = await book(page);
    await makeCalendar(page.hostId, { lastSyncedAt: new Date(now.getTime() - 1), name: "Late" });
    expect(await codeOf(confirmBooking(id, now))).toBe("unavailable:");
    expect(await statusOf(id)).toEqual({ status: "pending", reason: null });
  });

  test("declines a time that has come in the meantime", async () => {
    const page = await makeBookingPage();
    const id = await book(page);
    expect(await confirmBooking(id, new Date("2026-01-05T10:00:00Z"))).toBe("declined");
    expect(await statusOf(id)).toEqual({ status: "declined", reason: "unavailable" });
  });
});

describe("a booking's links", () => {
  test.each([
    { whose: "visitor", make: bookingToken, read: readBookingToken },
    { whose: "host", make: hostToken, read: readHostToken },
  ])("the $whose's leads to its booking, and no other text does", ({ make, read }) => {
    const id = randomUUID();
    const token = make(id);
    expect(read(token)).toBe(id);
    const altered = [...token].map(
      (c, i) => token.slice(0, i) + (c === "A" ? "B" : "A") + token.slice(i + 1),
    );
    for (const wrong of [...altered, "", id, `${token}A`]) expect(read(wrong)).toBeNull();
  });

  test("a visitor's is never a host's", () => {
    const id = randomUUID();
    expect([readHostToken(bookingToken(id)), readBookingToken(hostToken(id))]).toEqual([null, null]);
  });
});
