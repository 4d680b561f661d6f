import { asc, eq } from "drizzle-orm";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeConfirmedVisit, makeVisit } from "@/db/factories/visit";
import { bookings, mailOutbox } from "@/db/schema";
import { readInvitation } from "@/lib/ical/test-invitation";
import { startMailServer } from "@/lib/mail/test-server";
import { deliverMail } from "@/lib/mailbox/deliver";
import { acceptByLink } from "./answer";
import { findBookingByToken } from "./by-token";
import { cancelByVisitor } from "./cancel";
import { confirmBooking } from "./confirm";
import { bookingUid } from "./ics";
import { queueBookingMails } from "./mails";
import { moveByVisitor } from "./move";
import { listReminders, remind } from "./remind";
import { hostToken } from "./token";

const now = new Date("2026-01-01T00:00:00Z");
const at = (clock: string) => `2026-01-05T${clock}:00Z`;
let server: Awaited<ReturnType<typeof startMailServer>>;

beforeAll(async () => {
  server = await startMailServer();
  process.env.SMTP_URL = server.url;
  process.env.MAIL_FROM = "cal@example.com";
});
beforeEach(() => {
  server.received.length = 0;
});
afterAll(() => server.stop());

const mailsOf = (bookingId: string) =>
  database()
    .select()
    .from(mailOutbox)
    .where(eq(mailOutbox.bookingId, bookingId))
    .orderBy(asc(mailOutbox.createdAt), asc(mailOutbox.key));

const kindsOf = async (bookingId: string) => (await mailsOf(bookingId)).map(({ kind }) => kind);

const tell = (bookingId: string, change: Parameters<typeof queueBookingMails>[2], when = now) =>
  database().transaction((tx) => queueBookingMails(tx, bookingId, change, when));

const change = (id: string, values: Partial<typeof bookings.$inferInsert>) =>
  database().update(bookings).set(values).where(eq(bookings.id, id));

describe("the invitations of a booking", () => {
  test("are one event that is entered, moved and taken out, for both sides", async () => {
    const visit = await makeConfirmedVisit(await makeBookingPage(), now);
    await moveByVisitor(visit.token, { start: at("14:00") }, now);
    await confirmBooking(visit.id, now);
    await cancelByVisitor(visit.token, { reason: "Ill" }, now);
    for (const { id } of await mailsOf(visit.id)) await deliverMail(id, now);
    const mails = await Promise.all(server.received.map(({ raw }) => PostalMime.parse(raw)));
    const [visitor, host] = [...new Set(mails.map(({ to }) => to?.[0]?.address))].map((address) =>
      mails
        .filter(({ to }) => to?.[0]?.address === address)
        .map(({ attachments: [part] }) =>
          readInvitation(Buffer.from(part?.content as ArrayBuffer).toString()),
        )
        .sort((one, other) => one.sequence - other.sequence)
        .map(({ method, sequence, uid, start, status }) => ({ method, sequence, uid, start, status })),
    );
    const uid = bookingUid(visit.id);
    expect(visitor).toEqual([
      { method: "REQUEST", sequence: 0, uid, start: at("10:00"), status: "CONFIRMED" },
      { method: "REQUEST", sequence: 1, uid, start: at("14:00"), status: "CONFIRMED" },
      { method: "CANCEL", sequence: 2, uid, start: at("14:00"), status: "CANCELLED" },
    ]);
    expect(host).toEqual(visitor);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(6);
  });

  test("say where to meet once that is certain; before, only what anybody may know", async () => {
    const link = "https://meet.example.test/hannas-room";
    const place = { locationKind: "video", location: link, requiresApproval: true } as const;
    const visit = await makeVisit(await makeBookingPage({ eventType: place }), now);
    await confirmBooking(visit.id, now);
    const says = async () => ({
      mails: (await mailsOf(visit.id))
        .filter(({ data }) => JSON.stringify(data).includes(link))
        .map(({ key, kind }) => `${kind}:${key.split(":").at(-1)}`),
      page: (await findBookingByToken(visit.token))?.eventType.location,
    });
    expect(await says()).toEqual({ mails: ["awaits_host:host"], page: null });
    await acceptByLink(visit.hostToken, now);
    const mails = ["awaits_host:host", "confirmed:host", "confirmed:visitor"];
    expect(await says()).toEqual({ mails, page: link });
  });

  test("are not sent for a request that was cancelled before it was confirmed", async () => {
    const visit = await makeVisit(await makeBookingPage(), now);
    await cancelByVisitor(visit.token, {}, now);
    for (const { id } of await mailsOf(visit.id)) await deliverMail(id, now);
    expect(server.received).toHaveLength(2);
    for (const { raw } of server.received) expect(raw).not.toContain("text/calendar");
  });
});

describe("a change", () => {
  test("told twice is mailed once to each side", async () => {
    const visit = await makeVisit(await makeBookingPage(), now);
    await change(visit.id, { waitsFor: "approval" });
    await tell(visit.id, { kind: "awaits_host" });
    await tell(visit.id, { kind: "awaits_host" }, new Date(now.getTime() + 1000));
    const mails = await mailsOf(visit.id);
    expect(mails.map(({ kind }) => kind)).toEqual(["awaits_host", "awaits_host"]);
    const knows = (mail: (typeof mails)[number] | undefined) =>
      JSON.stringify(mail).includes(hostToken(visit.id));
    const [toHost, toVisitor] = mails;
    expect([knows(toHost), knows(toVisitor)]).toEqual([true, false]);
  });

  test("asked for again after a refusal, or after another time, is told again", async () => {
    const visit = await makeConfirmedVisit(await makeBookingPage(), now);
    const ask = async (clock: string) => {
      const [start, end] = [new Date(at(clock)), new Date(Date.parse(at(clock)) + 1_800_000)];
      await change(visit.id, {
        movesToStart: start,
        movesToEnd: end,
        movedBy: "visitor",
        waitsFor: "approval",
      });
      await tell(visit.id, { kind: "awaits_host" });
      return { startsAt: start, endsAt: end };
    };
    const to = await ask("14:00");
    await ask("14:00");
    await ask("15:00");
    await ask("14:00");
    await tell(visit.id, { kind: "move_refused", to, because: "host", by: "visitor" });
    await ask("14:00");
    const kinds = await kindsOf(visit.id);
    expect(kinds.filter((kind) => kind === "awaits_host")).toHaveLength(8);
    expect(kinds.filter((kind) => kind === "move_refused")).toHaveLength(2);
  });

  test("only one side knows of is not told to the other", async () => {
    const visit = await makeConfirmedVisit(await makeBookingPage(), now);
    const to = { startsAt: new Date(at("14:00")), endsAt: new Date(at("14:30")) };
    await tell(visit.id, { kind: "move_refused", to, because: "conflict", by: "host" });
    const mails = (await mailsOf(visit.id)).filter(({ kind }) => kind === "move_refused");
    expect(mails.map(({ key }) => key.split(":").at(-1))).toEqual(["host"]);
  });
});

describe("reminders", () => {
  const begin = async (reminderMinutes: number[]) =>
    makeConfirmedVisit(await makeBookingPage({ eventType: { reminderMinutes } }), now);
  const startsAt = new Date(at("10:00"));

  test("are those still ahead, the first one first", async () => {
    const visit = await begin([60, 1440, 60]);
    const dueAt = (minutes: number) => new Date(startsAt.getTime() - minutes * 60_000);
    expect(await listReminders(visit.id, now)).toEqual([
      { startsAt, minutes: 1440, dueAt: dueAt(1440) },
      { startsAt, minutes: 60, dueAt: dueAt(60) },
    ]);
    expect(await listReminders(visit.id, dueAt(1440))).toMatchObject([{ minutes: 60 }]);
    await cancelByVisitor(visit.token, {}, now);
    expect(await listReminders(visit.id, now)).toEqual([]);
  });

  test("go out once, and again for the time a booking was moved to", async () => {
    const visit = await begin([60]);
    const due = { startsAt, minutes: 60 };
    expect(await remind(visit.id, due, now)).toBe(true);
    expect(await remind(visit.id, due, now)).toBe(true);
    const reminders = async () => (await kindsOf(visit.id)).filter((kind) => kind === "reminder").length;
    expect(await reminders()).toBe(2);
    await moveByVisitor(visit.token, { start: at("14:00") }, now);
    await confirmBooking(visit.id, now);
    expect(await remind(visit.id, due, now)).toBe(false);
    expect(await remind(visit.id, { ...due, startsAt: new Date(at("14:00")) }, now)).toBe(true);
    expect(await reminders()).toBe(4);
  });

  test("of a meeting that has begun, or was cancelled, stay away", async () => {
    const visit = await begin([60]);
    expect(await remind(visit.id, { startsAt, minutes: 60 }, startsAt)).toBe(false);
    await cancelByVisitor(visit.token, {}, now);
    expect(await remind(visit.id, { startsAt, minutes: 60 }, now)).toBe(false);
  });
});
