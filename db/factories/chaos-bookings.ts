import { randomUUID } from "node:crypto";
import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, bookings, calendars } from "@/db/schema";
import type { GoogleServer } from "@/emulators/google/server";
import { viewerOf } from "@/lib/auth/viewer";
import type { Dice } from "@/lib/availability/oracle/dice";
import { cancelBooking, cancelByVisitor } from "@/lib/booking/cancel";
import { moveBooking, moveByVisitor } from "@/lib/booking/move";
import { requestBooking } from "@/lib/booking/request";
import { bookingToken } from "@/lib/booking/token";
import { AppError } from "@/lib/errors";
import type { makeBookingPage } from "./booking-page";

// Bookings that both sides work on: visitors and the host here, and the host in Google's calendar.

type Scene = {
  google: GoogleServer;
  page: Awaited<ReturnType<typeof makeBookingPage>>;
  dice: Dice;
  /** Where the host may move a copy to. */
  calendarIds: string[];
};

/** What was done about a booking: `ours` here, `theirs` at Google. */
export type Deeds = { ours: string[]; theirs: string[] };

export function makeChaosBookings({ google, page, dice, calendarIds }: Scene) {
  const { admin } = google;
  const viewer = viewerOf({ id: page.hostId, role: "host" });
  const deedsOf = new Map<string, Deeds>();
  const halfHour = 30 * 60_000;
  const anyStart = () => {
    const soon = Math.ceil(Date.now() / halfHour) * halfHour;
    return new Date(soon + dice.int(4, 30 * 48) * halfHour);
  };

  async function book(): Promise<boolean> {
    const visitor = { name: "Vera Visitor", email: "vera@example.test", timeZone: "Europe/Berlin" };
    const form = { host: page.handle, eventType: page.eventType.slug, idempotencyKey: randomUUID() };
    return expectedly(() =>
      requestBooking({ ...form, ...visitor, start: anyStart().toISOString() }, new Date()),
    );
  }
  async function pickBooking(): Promise<string | null> {
    const rows = await database()
      .select({ id: bookings.id })
      .from(bookings)
      .where(and(eq(bookings.hostId, page.hostId), eq(bookings.status, "confirmed")))
      .orderBy(bookings.createdAt);
    return rows.length === 0 ? null : dice.pick(rows).id;
  }
  async function changeHere(): Promise<boolean> {
    const id = await pickBooking();
    if (!id) return false;
    const to = { start: anyStart().toISOString() };
    const name = dice.pick([
      "moveByVisitor",
      "moveByHost",
      "moveByHost",
      "cancelByVisitor",
      "cancelByHost",
    ] as const);
    const acts = {
      moveByVisitor: () => moveByVisitor(bookingToken(id), to, new Date()),
      moveByHost: () => moveBooking(viewer, id, { ...to, evenIfNotOffered: true }, new Date()),
      cancelByVisitor: () => cancelByVisitor(bookingToken(id), {}, new Date()),
      cancelByHost: () => cancelBooking(viewer, id, {}, new Date()),
    };
    const isDone = await expectedly(acts[name]);
    if (isDone) note(id, "ours", name);
    return isDone;
  }
  /** A copy that stands at Google, as far as we know. */
  async function pickCopy() {
    const rows = await database()
      .select({
        bookingId: appointments.bookingId,
        eventId: appointmentTargets.remoteId,
        calendarId: calendars.remoteId,
      })
      .from(appointmentTargets)
      .innerJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
      .innerJoin(calendars, eq(calendars.id, appointmentTargets.calendarId))
      .where(and(inArray(calendars.remoteId, calendarIds), isNotNull(appointmentTargets.remoteId)))
      .orderBy(appointments.uid);
    return rows.length === 0 ? null : dice.pick(rows);
  }
  async function changeThere(): Promise<boolean> {
    const copy = await pickCopy();
    if (!copy?.eventId || !copy.bookingId) return false;
    const at = { calendarId: copy.calendarId, eventId: copy.eventId };
    const startsAt = anyStart();
    const time = (instant: number) => ({ dateTime: new Date(instant).toISOString(), timeZone: "UTC" });
    const acts: Record<string, () => void> = {
      move: () =>
        admin.moveEvent({ ...at, start: time(startsAt.getTime()), end: time(startsAt.getTime() + halfHour) }),
      retitle: () => admin.changeEvent({ ...at, event: { summary: `Renamed ${dice.int(1, 999)}` } }),
      describe: () =>
        admin.changeEvent({ ...at, event: { description: `Bring ${dice.int(1, 999)} things` } }),
      colour: () => admin.changeEvent({ ...at, event: { colorId: String(dice.int(1, 11)) } }),
      delete: () => admin.deleteEvent(at),
      transfer: () =>
        admin.transferEvent({ ...at, to: dice.pick(calendarIds.filter((id) => id !== copy.calendarId)) }),
      wholeDay: () => {
        const date = (instant: number) => ({ date: new Date(instant).toISOString().slice(0, 10) });
        admin.moveEvent({
          ...at,
          start: date(startsAt.getTime()),
          end: date(startsAt.getTime() + 48 * halfHour),
        });
      },
      repeat: () => admin.changeEvent({ ...at, event: { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] } }),
    };
    const lots = [
      "move",
      "move",
      "move",
      "retitle",
      "describe",
      "colour",
      "delete",
      "transfer",
      "wholeDay",
      "repeat",
    ];
    const name = dice.pick(lots);
    try {
      acts[name]?.();
    } catch {
      // It is gone already, and we have not heard of it.
      return false;
    }
    note(copy.bookingId, "theirs", name);
    return true;
  }
  function note(bookingId: string, side: keyof Deeds, name: string): void {
    const deeds = deedsOf.get(bookingId) ?? { ours: [], theirs: [] };
    deeds[side].push(name);
    deedsOf.set(bookingId, deeds);
  }

  return {
    calendarIds,
    deedsOf: (bookingId: string): Deeds => deedsOf.get(bookingId) ?? { ours: [], theirs: [] },
    /** Tries something else a few times where what it wants cannot be: no time is free, there is no booking yet. */
    async act(): Promise<void> {
      for (let n = 0; n < 8; n += 1) {
        const act = dice.pick([
          book,
          book,
          book,
          changeHere,
          changeHere,
          changeThere,
          changeThere,
          changeThere,
        ]);
        if (await act()) return;
      }
    },
  };
}

/** False for what people are told when they come too late. */
async function expectedly(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof AppError && ["conflict", "unavailable", "invalid"].includes(error.code))
      return false;
    throw error;
  }
}
