import { randomUUID } from "node:crypto";
import { and, eq, like } from "drizzle-orm";
import { database } from "@/db/client";
import { bookings, mailOutbox } from "@/db/schema";
import { viewerOf } from "@/lib/auth/viewer";
import { confirmBooking } from "@/lib/booking/confirm";
import { requestBooking } from "@/lib/booking/request";
import { bookingToken, hostToken, readBookingToken } from "@/lib/booking/token";
import type { makeBookingPage } from "./booking-page";

type Page = Awaited<ReturnType<typeof makeBookingPage>>;

/** What a visitor sends to book Monday, 5 January 2026 at 10:00 UTC. */
export const bookingForm = (page: Page, values: Record<string, unknown> = {}) => ({
  host: page.handle,
  eventType: page.eventType.slug,
  start: "2026-01-05T10:00:00Z",
  name: "Vera Visitor",
  email: "vera@example.test",
  timeZone: "Asia/Kathmandu",
  idempotencyKey: randomUUID(),
  ...values,
});

/** A booking somebody asked for, not checked yet, and all that tests want to know of it. */
export async function makeVisit(page: Page, now: Date, values: Record<string, unknown> = {}) {
  const { token } = await requestBooking(bookingForm(page, values), now);
  const id = readBookingToken(token) ?? "";
  return {
    id,
    token: bookingToken(id),
    hostToken: hostToken(id),
    viewer: viewerOf({ id: page.hostId, role: "host" }),
    row: async () => {
      const [row] = await database().select().from(bookings).where(eq(bookings.id, id));
      if (!row) throw new Error("The booking is gone.");
      return row;
    },
    /** Kinds of the mails queued to one side, in the order of the alphabet. */
    mails: async (to: "visitor" | "host") => {
      const rows = await database()
        .select({ kind: mailOutbox.kind })
        .from(mailOutbox)
        .where(and(eq(mailOutbox.bookingId, id), like(mailOutbox.key, `%:${to}`)));
      return rows.map(({ kind }) => kind).sort();
    },
  };
}

export type Visit = Awaited<ReturnType<typeof makeVisit>>;

/** The same, confirmed. */
export async function makeConfirmedVisit(page: Page, now: Date, values: Record<string, unknown> = {}) {
  const visit = await makeVisit(page, now, values);
  const status = await confirmBooking(visit.id, now);
  if (status !== "confirmed") throw new Error(`The booking is ${status}.`);
  return visit;
}
