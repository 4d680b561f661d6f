import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage, makeCalendar } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { makeHost } from "@/db/factories/users";
import { makeConfirmedVisit, makeVisit } from "@/db/factories/visit";
import { calendars, users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { pullCalendar } from "@/lib/sync/pull";
import { acceptBooking, acceptByLink, declineByHost, declineByLink } from "./answer";
import { cancelByVisitor } from "./cancel";
import { checkBooking } from "./check";
import { confirmBooking, settleUnread } from "./confirm";
import { listWaitingBookings } from "./list";
import { moveByVisitor } from "./move";
import { sweepPending } from "./sweep";

const now = new Date("2026-01-01T00:00:00Z");
const minutesBefore = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const away = new AppError("unavailable", "The server is away.");
const start = "2026-01-05T10:00:00Z";

/** A booking that was found free and waits for its host, who has one calendar. */
async function waiting() {
  const page = await makeBookingPage({ eventType: { requiresApproval: true } });
  const fake = await makeFakeCalendar(page.hostId, { name: "Work" });
  await pullCalendar(fake.calendar.id, now);
  const visit = await makeVisit(page, now);
  expect(await checkBooking(visit.id, now)).toBe("pending");
  const addEvent = () =>
    fake.account.save(fake.remoteId, {
      uid: "dentist",
      occurrences: [
        {
          key: "",
          title: "Dentist",
          time: {
            kind: "timed",
            startsAt: new Date("2026-01-05T10:15:00Z"),
            endsAt: new Date("2026-01-05T10:45:00Z"),
          },
          status: "confirmed",
          transparency: "opaque",
        },
      ],
    });
  return { page, visit, addEvent, ...fake };
}

describe("a booking that wants approval", () => {
  test("waits for the host, both sides know, and it comes first in the host's list", async () => {
    const { visit } = await waiting();
    expect(await visit.row()).toMatchObject({ status: "pending", waitsFor: "approval" });
    expect(await confirmBooking(visit.id, now)).toBe("pending");
    expect(await visit.mails("host")).toEqual(["awaits_host"]);
    expect(await visit.mails("visitor")).toEqual(["awaits_host"]);
    expect(await listWaitingBookings(visit.viewer, now)).toMatchObject([
      { id: visit.id, waitsFor: "approval" },
    ]);
    await acceptBooking(visit.viewer, visit.id, now);
    expect(await listWaitingBookings(visit.viewer, now)).toEqual([]);
  });

  test("is confirmed once, however often and by whichever way it is accepted", async () => {
    const { visit } = await waiting();
    await Promise.all([
      acceptBooking(visit.viewer, visit.id, now),
      acceptBooking(visit.viewer, visit.id, now, { start }),
      acceptByLink(visit.hostToken, now),
    ]);
    expect(await visit.row()).toMatchObject({ status: "confirmed", waitsFor: null, sequence: 0 });
    expect(await visit.mails("visitor")).toEqual(["awaits_host", "confirmed"]);
  });

  test("is declined with a reason, by sign-in or by link, and the time is free again", async () => {
    const { visit, page } = await waiting();
    await declineByLink(visit.hostToken, { reason: "On leave." }, now);
    await declineByHost(visit.viewer, visit.id, { reason: "Too late." }, now);
    expect(await visit.row()).toMatchObject({
      status: "declined",
      declineReason: "host",
      reason: "On leave.",
      waitsFor: null,
    });
    expect(await visit.mails("visitor")).toEqual(["awaits_host", "declined"]);
    await expect(acceptByLink(visit.hostToken, now)).rejects.toMatchObject({ code: "conflict" });
    await makeVisit(page, now);
  });

  test("is answered by its host alone", async () => {
    const { visit } = await waiting();
    const { viewer: stranger } = await makeHost();
    const notFound = { code: "not_found" };
    await expect(acceptBooking(stranger, visit.id, now)).rejects.toMatchObject(notFound);
    await expect(declineByHost(stranger, visit.id, {}, now)).rejects.toMatchObject(notFound);
    await expect(acceptByLink(visit.token, now)).rejects.toMatchObject(notFound);
    await expect(declineByLink(visit.token, {}, now)).rejects.toMatchObject(notFound);
  });

  test("tells the host what their calendar has, and lets them overrule it knowingly", async () => {
    const { visit, addEvent } = await waiting();
    addEvent();
    await expect(acceptBooking(visit.viewer, visit.id, now)).rejects.toMatchObject({
      code: "conflict",
      message: "Your calendar Work has “Dentist” at that time.",
    });
    expect(await visit.row()).toMatchObject({ status: "pending" });
    await acceptBooking(visit.viewer, visit.id, now, { evenIfBusy: true });
    expect(await visit.row()).toMatchObject({ status: "confirmed" });
  });

  test("tells the host when a calendar cannot be read", async () => {
    const { visit, account } = await waiting();
    const later = new Date(now.getTime() + 60_000);
    account.failNext("pull", away);
    await expect(acceptBooking(visit.viewer, visit.id, later)).rejects.toMatchObject({ code: "unavailable" });
    account.failNext("pull", away);
    await acceptBooking(visit.viewer, visit.id, later, { evenIfBusy: true });
    expect(await visit.row()).toMatchObject({ status: "confirmed" });
  });

  test("is neither accepted nor declined at a time the host has not seen", async () => {
    const { visit } = await waiting();
    await moveByVisitor(visit.token, { start: "2026-01-05T12:00:00Z" }, now);
    await expect(acceptBooking(visit.viewer, visit.id, now)).rejects.toThrow("still being checked");
    expect(await checkBooking(visit.id, now)).toBe("pending");
    const movedMeanwhile = { code: "conflict", field: "start" };
    await expect(acceptBooking(visit.viewer, visit.id, now, { start })).rejects.toMatchObject(movedMeanwhile);
    const declined = declineByLink(visit.hostToken, { reason: "Not at ten", start }, now);
    await expect(declined).rejects.toMatchObject(movedMeanwhile);
    expect(await visit.row()).toMatchObject({ status: "pending" });
  });

  test("that was cancelled meanwhile cannot be answered", async () => {
    const { visit } = await waiting();
    await cancelByVisitor(visit.token, {}, now);
    await expect(acceptBooking(visit.viewer, visit.id, now)).rejects.toThrow("was cancelled");
    await expect(declineByHost(visit.viewer, visit.id, {}, now)).rejects.toThrow("was cancelled");
  });

  test("nobody answered before it begins is declined as expired; until then the sweep leaves it alone", async () => {
    const { visit } = await waiting();
    const shortlyBefore = new Date("2026-01-05T09:59:00Z");
    expect(await sweepPending(shortlyBefore)).not.toContain(visit.id);
    expect(await visit.row()).toMatchObject({ status: "pending", waitsFor: "approval" });
    const begun = new Date(start);
    await expect(acceptBooking(visit.viewer, visit.id, begun)).rejects.toMatchObject({ code: "conflict" });
    await sweepPending(begun);
    expect(await visit.row()).toMatchObject({ status: "declined", declineReason: "expired" });
    expect(await visit.mails("visitor")).toEqual(["awaits_host", "declined"]);
  });

  test("a move nobody answered is refused, and the booking stays", async () => {
    const { visit } = await waiting();
    await acceptBooking(visit.viewer, visit.id, now);
    await moveByVisitor(visit.token, { start: "2026-01-05T09:00:00Z" }, now);
    await checkBooking(visit.id, now);
    await sweepPending(new Date("2026-01-05T09:00:00Z"));
    expect(await visit.row()).toMatchObject({ status: "confirmed", movesToStart: null, waitsFor: null });
    expect(await visit.mails("visitor")).toContain("move_refused");
  });
});

describe("when calendars stay unreadable", () => {
  const unread = async (
    host: Partial<typeof users.$inferInsert>,
    readMinutesAgo: number,
    requiresApproval = false,
  ) => {
    const page = await makeBookingPage({ eventType: { requiresApproval } });
    await database().update(users).set(host).where(eq(users.id, page.hostId));
    const calendar = await makeCalendar(page.hostId, { lastSyncedAt: minutesBefore(readMinutesAgo) });
    const visit = await makeVisit(page, now);
    return { visit, calendar };
  };
  const ifRecent = { whenUnreadable: "confirm_if_recent", recentEnoughMinutes: 30 } as const;

  test("the host is asked, and may accept although it is unread still", async () => {
    const { visit } = await unread({ whenUnreadable: "wait_for_host" }, 5);
    expect(await settleUnread(visit.id, now)).toBe("pending");
    expect(await visit.row()).toMatchObject({ waitsFor: "unreadable_calendar" });
    expect(await visit.mails("host")).toEqual(["awaits_host"]);
    await acceptBooking(visit.viewer, visit.id, now);
    expect(await visit.row()).toMatchObject({ status: "confirmed", waitsFor: null });
  });

  test("it is confirmed on a recent reading, if the host chose so", async () => {
    const { visit } = await unread(ifRecent, 30);
    expect(await settleUnread(visit.id, now)).toBe("confirmed");
    expect(await visit.mails("host")).toEqual(["confirmed"]);
  });

  test("but not on an old one, nor on one no clock can have made", async () => {
    const { visit } = await unread(ifRecent, 31);
    expect(await settleUnread(visit.id, now)).toBe("pending");
    const other = await unread(ifRecent, 10);
    await database()
      .update(calendars)
      .set({ lastSyncedAt: minutesBefore(-60) })
      .where(eq(calendars.id, other.calendar.id));
    expect(await settleUnread(other.visit.id, now)).toBe("pending");
  });

  test("approval is asked all the same", async () => {
    const { visit } = await unread(ifRecent, 10, true);
    expect(await settleUnread(visit.id, now)).toBe("pending");
    expect(await visit.row()).toMatchObject({ waitsFor: "approval" });
  });

  test("a move waits in its turn, and its booking stays", async () => {
    const page = await makeBookingPage();
    const visit = await makeConfirmedVisit(page, now);
    await makeCalendar(page.hostId, { lastSyncedAt: minutesBefore(5) });
    await moveByVisitor(visit.token, { start: "2026-01-05T12:00:00Z" }, now);
    expect(await settleUnread(visit.id, now)).toBe("confirmed");
    expect(await visit.row()).toMatchObject({ startsAt: new Date(start), waitsFor: "unreadable_calendar" });
    expect(await sweepPending(new Date(now.getTime() + 86_400_000))).not.toContain(visit.id);
    await declineByHost(visit.viewer, visit.id, {}, now);
    expect(await visit.row()).toMatchObject({ waitsFor: null, movesToStart: null });
  });

  test("the run of an earlier wish leaves a later one to its own", async () => {
    const { visit } = await unread({ whenUnreadable: "wait_for_host" }, 5);
    await moveByVisitor(visit.token, { start: "2026-01-05T12:00:00Z" }, now);
    expect(await settleUnread(visit.id, now, new Date(start))).toBe("pending");
    expect(await visit.row()).toMatchObject({ waitsFor: null });
    expect(await visit.mails("host")).toEqual([]);
    await settleUnread(visit.id, now, new Date("2026-01-05T12:00:00Z"));
    expect(await visit.row()).toMatchObject({ waitsFor: "unreadable_calendar" });
  });

  test("a time that has come is declined", async () => {
    const { visit } = await unread(ifRecent, 10);
    expect(await settleUnread(visit.id, new Date(start))).toBe("declined");
    expect(await visit.row()).toMatchObject({ declineReason: "unavailable" });
  });
});
