import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeConfirmedVisit } from "@/db/factories/visit";
import { bookings, mailOutbox } from "@/db/schema";
import { deliverMailRun } from "./deliver-mail";
import { countRuns, disconnect, eventually, reset, rows, runEngine, send } from "./embedded/harness";
import { remindBooking } from "./remind-booking";

afterEach(reset);
afterAll(disconnect);

/** Time enough to plan, in a busy process; the tests wait for it. */
const soon = 3_000;
const later = 3_600_000;

/** A confirmed booking with reminders one and five minutes before, and what moves its start. */
async function book() {
  const page = await makeBookingPage({ eventType: { reminderMinutes: [1, 5] } });
  const { id } = await makeConfirmedVisit(page, new Date("2026-01-01T00:00:00Z"));
  // The engine answers only what this test sends.
  await reset();
  return {
    id,
    /** The reminder a minute before the start is due then. */
    remindIn: async (ms: number) => {
      const startsAt = new Date(Date.now() + 60_000 + ms);
      const endsAt = new Date(startsAt.getTime() + 1_800_000);
      await database().update(bookings).set({ startsAt, endsAt }).where(eq(bookings.id, id));
    },
  };
}

const reminders = (bookingId: string) =>
  database()
    .select()
    .from(mailOutbox)
    .where(and(eq(mailOutbox.bookingId, bookingId), eq(mailOutbox.kind, "reminder")));

const ended = (status: "completed" | "cancelled") =>
  eventually(async () => (await countRuns("remind-booking", status)) === 1);

/** Planned, and waiting for the first reminder. */
const asleep = () => eventually(async () => (await rows()`select from inngest_steps`).length > 0);

describe("reminders", () => {
  test("are mailed to both sides when they are due; one whose time is past is left out", async () => {
    const { id, remindIn } = await book();
    await runEngine([remindBooking, deliverMailRun]);
    await remindIn(soon);
    await send("booking/confirmed", { bookingId: id });
    const sent = await eventually(async () => {
      const mails = await reminders(id);
      return mails.length === 2 && mails.every(({ status }) => status === "sent") && mails;
    });
    expect(sent.map(({ data }) => data.change)).toEqual([
      { kind: "reminder", minutes: 1 },
      { kind: "reminder", minutes: 1 },
    ]);
    await ended("completed");
  });

  test("are dropped with the booking", async () => {
    const { id, remindIn } = await book();
    await runEngine([remindBooking]);
    await remindIn(later);
    await send("booking/confirmed", { bookingId: id });
    await asleep();
    await send("booking/cancelled", { bookingId: crypto.randomUUID() });
    await send("booking/cancelled", { bookingId: id });
    await ended("cancelled");
    expect(await reminders(id)).toEqual([]);
  });

  test("follow a move: the old run gives way to one for the new time", async () => {
    const { id, remindIn } = await book();
    await runEngine([remindBooking]);
    await remindIn(later);
    await send("booking/confirmed", { bookingId: id });
    await asleep();
    await remindIn(soon);
    await send("booking/moved", { bookingId: id });
    await eventually(async () => (await reminders(id)).length === 2);
    await ended("completed");
    expect(await countRuns("remind-booking", "cancelled")).toBe(1);
  });

  test("look at the booking once more: one that is off by then is not reminded of", async () => {
    const { id, remindIn } = await book();
    await runEngine([remindBooking]);
    await remindIn(soon);
    await send("booking/confirmed", { bookingId: id });
    await asleep();
    await database()
      .update(bookings)
      .set({ status: "cancelled", cancelledBy: "host" })
      .where(eq(bookings.id, id));
    await ended("completed");
    expect(await reminders(id)).toEqual([]);
  });
});
