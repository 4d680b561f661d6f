import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeFakeFeed } from "@/db/factories/fake-feed";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendars, mailOutbox } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { noticeMail } from "@/lib/mail/notice-mail";
import { noteFailure } from "./failure";
import { refreshFeed } from "./refresh-feed";

const start = new Date("2027-01-04T12:00:00Z");
const minute = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const day = 1440;
const away = new AppError("unavailable", "feeds.example.test did not answer.");
const gone = new AppError("not_found", "feeds.example.test says that this feed is gone.");

type Values = Parameters<typeof makeSubscription>[1];

/** A feed that was read at the start, and what became of it. */
async function makeFeed({ calendar, ...values }: Values = {}) {
  const { user } = await makeHost();
  const read = { lastSyncedAt: start, ...calendar };
  const made = await makeSubscription(user.id, { ...values, calendar: read });
  const { id } = made.calendar;
  const row = async () => {
    const [found] = await database().select().from(calendars).where(eq(calendars.id, id));
    if (!found) throw new Error("The feed is gone.");
    return found;
  };
  return {
    ...made,
    row,
    fail: (at: number, error: unknown = away) => noteFailure(id, minute(at), error),
    /** Minutes from the start. */
    next: async () => ((await row()).nextSyncAt.getTime() - start.getTime()) / 60_000,
    mails: () => mailsTo(user.email),
  };
}

async function mailsTo(email: string) {
  const rows = await database()
    .select()
    .from(mailOutbox)
    .where(eq(mailOutbox.toEmail, email))
    .orderBy(mailOutbox.createdAt);
  return rows.map(({ data }) => noticeMail.parse(data));
}

describe("a feed that cannot be read", () => {
  test("is what it is at its address: what failed at another says nothing", async () => {
    const { calendar, row } = await makeFeed();
    await noteFailure(calendar.id, minute(60), gone, { calendar, account: "of another address" });
    expect(await row()).toEqual(calendar);
  });

  test("is tried again later and later, says why, and since when", async () => {
    const { fail, row, next } = await makeFeed();
    let at = 60;
    for (const [failures, wait] of [60, 240, 960].entries()) {
      await fail(at);
      expect(await row()).toMatchObject({
        errorCount: failures + 1,
        lastError: "feeds.example.test did not answer.",
        failingSince: minute(60),
        isEnabled: true,
        lastSyncedAt: start,
      });
      expect(await next()).toBeGreaterThan(at + wait * 0.9 - 0.001);
      expect(await next()).toBeLessThanOrEqual(at + wait);
      at = await next();
    }
  });

  test("is given up after five failures in a row, and the host is told once", async () => {
    const { fail, row, mails } = await makeFeed();
    for (const at of [60, 120, 360, 1320]) await fail(at);
    expect(await row()).toMatchObject({ isEnabled: true, errorCount: 4 });
    expect(await mails()).toEqual([]);
    await fail(2760);
    expect(await row()).toMatchObject({ isEnabled: false, errorCount: 5 });
    await fail(2761);
    expect(await row()).toMatchObject({ errorCount: 5 });
    expect(await mails()).toMatchObject([
      {
        change: { kind: "subscription_disabled", reason: "feeds.example.test did not answer." },
        provider: { name: "feeds.example.test", signsInBy: "nothing" },
        account: "feeds.example.test",
        calendars: ["Holidays"],
        since: minute(60),
        at: minute(2760),
        closesAt: null,
        link: expect.stringMatching(/^https?:\/\/[^/]+\/subscriptions$/),
      },
    ]);
  });

  test("is given up at once when it is gone for good", async () => {
    const { fail, row, mails } = await makeFeed();
    await fail(60, gone);
    expect(await row()).toMatchObject({ isEnabled: false, errorCount: 1, lastError: gone.message });
    expect((await mails()).map(({ change }) => change)).toEqual([
      { kind: "subscription_disabled", reason: gone.message },
    ]);
  });

  test("is left alone for as long as its server asks", async () => {
    const { fail, next } = await makeFeed();
    await fail(60, new AppError("rate_limited", "Later.", { retryAfterSeconds: 7200 }));
    expect(await next()).toBe(60 + 120);
  });

  test("fails for us, too, without a word of what nobody foresaw", async () => {
    const { fail, row } = await makeFeed();
    await fail(60, new Error("https://feeds.example.test/secret.ics: socket hang up"));
    expect(await row()).toMatchObject({
      errorCount: 1,
      lastError: "Something went wrong on our side; the server's log has it.",
    });
  });

  test("is not failing by what an overtaken run says", async () => {
    const { fail, row } = await makeFeed({ calendar: { lastSyncedAt: minute(10) } });
    await fail(9);
    expect(await row()).toMatchObject({ errorCount: 0, lastError: null, failingSince: null });
  });

  test("counts each of two runs that fail side by side", async () => {
    const { fail, row } = await makeFeed();
    await Promise.all([fail(60), fail(60)]);
    expect(await row()).toMatchObject({ errorCount: 2 });
  });

  test("never wants to be signed in to again", async () => {
    const { connection, calendar, mails, row } = await makeFeed();
    await database()
      .update(calendarConnections)
      .set({ credentials: "sealed with a key that was lost" })
      .where(eq(calendarConnections.id, connection.id));
    const failed = "The stored address can no longer be opened. Enter it again.";
    expect(await refreshFeed(calendar.id, minute(60))).toEqual({ failed });
    expect(await row()).toMatchObject({ errorCount: 1, lastError: failed });
    const [after] = await database()
      .select()
      .from(calendarConnections)
      .where(eq(calendarConnections.id, connection.id));
    expect(after?.status).toBe("connected");
    expect(await mails()).toEqual([]);
  });
});

describe("a feed that blocks bookings", () => {
  const blocking = (values: Values = {}) => makeFeed({ ...values, calendar: { checksConflicts: true } });

  test("is no mail while it is tried again in time", async () => {
    const { fail, mails } = await blocking();
    for (const at of [60, 120]) await fail(at);
    expect(await mails()).toEqual([]);
  });

  test("is one mail once it will close the pages before it is tried again, and another when it is given up", async () => {
    const { fail, mails } = await blocking();
    for (const at of [60, 120, 360, 1320, 1400]) await fail(at);
    expect(await mails()).toMatchObject([
      {
        change: { kind: "calendar_failing", reason: "feeds.example.test did not answer." },
        at: minute(1320),
        closesAt: minute(day),
        maxStalenessMinutes: day,
        link: expect.stringMatching(/\/subscriptions$/),
      },
      { change: { kind: "subscription_disabled" }, at: minute(1400), closesAt: minute(day) },
    ]);
  });

  test("closes after three of its intervals, if that is longer than a day", async () => {
    const { fail, mails } = await blocking({ subscription: { refreshMinutes: 60, feedMinutes: day } });
    for (const at of [day, 2 * day]) await fail(at);
    expect(await mails()).toEqual([]);
    await fail(2.5 * day);
    expect(await mails()).toMatchObject([
      { change: { kind: "calendar_failing" }, closesAt: minute(3 * day) },
    ]);
  });
});

describe("refreshFeed", () => {
  async function makeFake(values: Parameters<typeof makeFakeFeed>[1] = {}) {
    const { user } = await makeHost();
    const feed = await makeFakeFeed(user.id, values);
    const row = async () =>
      (await database().select().from(calendars).where(eq(calendars.id, feed.calendar.id)))[0];
    return { ...feed, row, mails: () => mailsTo(user.email) };
  }

  test("reads it, and a failure of its server is none of ours", async () => {
    const { calendar, account, row } = await makeFake({ calendar: { checksConflicts: false } });
    account.failNext("pull", away);
    expect(await refreshFeed(calendar.id, start)).toEqual({ failed: away.message });
    expect(await row()).toMatchObject({ errorCount: 1 });
    expect(await refreshFeed(calendar.id, minute(60))).toMatchObject({ created: 0 });
    expect(await row()).toMatchObject({ errorCount: 0, failingSince: null, lastError: null });
    expect((await row())?.nextSyncAt.getTime()).toBeGreaterThan(minute(60 + 54).getTime() - 1);
  });

  test("tells that it is read again, if it was told that it is not", async () => {
    const { calendar, account, mails } = await makeFake({ calendar: { checksConflicts: true } });
    account.failNext("pull", away);
    await refreshFeed(calendar.id, start);
    await refreshFeed(calendar.id, minute(60));
    expect(await mails()).toMatchObject([
      { change: { kind: "calendar_failing" }, closesAt: start },
      { change: { kind: "calendar_working" }, link: expect.stringMatching(/\/subscriptions$/) },
    ]);
  });

  test("leaves alone what was given up, and what is gone", async () => {
    const { calendar, account, row } = await makeFake({ calendar: { isEnabled: false } });
    account.failNext("pull", away);
    const left = { left: "given up, or gone" };
    expect(await refreshFeed(calendar.id, start)).toEqual(left);
    expect(await row()).toMatchObject({ errorCount: 0, lastSyncedAt: null, isEnabled: false });
    await database().delete(calendarConnections).where(eq(calendarConnections.id, calendar.connectionId));
    expect(await refreshFeed(calendar.id, start)).toEqual(left);
  });
});
