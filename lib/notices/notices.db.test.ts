import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendars, mailOutbox } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { noticeMail } from "@/lib/mail/notice-mail";
import { pullCalendar } from "@/lib/sync/pull";
import { noteConnectionStatus } from "./connection";

const start = new Date("2027-01-04T12:00:00Z");
const minute = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const refused = new AppError("reconnect", "The password was refused.");
const away = new AppError("unavailable", "The server did not answer.");

async function makeReader(values: Partial<typeof calendars.$inferInsert> = {}) {
  const { user } = await makeHost();
  const fake = await makeFakeCalendar(user.id, values);
  await database()
    .update(calendarConnections)
    .set({ statusSince: start })
    .where(eq(calendarConnections.id, fake.calendar.connectionId));
  const pull = (at: number, error?: AppError) => {
    if (error) fake.account.failNext("pull", error);
    return pullCalendar(fake.calendar.id, minute(at)).catch(() => {});
  };
  return { ...fake, user, pull, mails: () => mailsTo(user.email) };
}

async function mailsTo(email: string) {
  const rows = await database()
    .select()
    .from(mailOutbox)
    .where(eq(mailOutbox.toEmail, email))
    .orderBy(mailOutbox.createdAt);
  return rows.map(({ data }) => noticeMail.parse(data));
}

const kinds = (mails: Awaited<ReturnType<typeof mailsTo>>) => mails.map(({ change }) => change.kind);

describe("an account that wants reconnecting", () => {
  test("is one mail, however often it is tried, and one more when it works again", async () => {
    const { pull, mails, calendar } = await makeReader();
    await pull(0);
    for (const at of [5, 15, 35, 75]) await pull(at, refused);
    expect(await mails()).toMatchObject([
      {
        change: { kind: "reconnect", reason: "The password was refused." },
        since: minute(5),
        calendars: ["Work"],
        closesAt: minute(5),
      },
    ]);
    await pull(90);
    await pull(95);
    const told = await mails();
    expect(kinds(told)).toEqual(["reconnect", "reconnected"]);
    expect(told[1]).toMatchObject({ since: minute(5), at: minute(90) });
    const [connection] = await database()
      .select()
      .from(calendarConnections)
      .where(eq(calendarConnections.id, calendar.connectionId));
    expect(connection).toMatchObject({ status: "connected", statusSince: minute(90), lastError: null });
  });

  test("is one mail for all its calendars, and a new one the next time", async () => {
    const { pull, mails, calendar, account, user } = await makeReader({ name: "Work" });
    await makeCalendar(user.id, { name: "Elsewhere" });
    const [second] = await database()
      .insert(calendars)
      .values({
        connectionId: calendar.connectionId,
        hostId: user.id,
        remoteId: account.addCalendar(),
        name: "Family",
        isDestination: true,
      })
      .returning();
    await pull(0, refused);
    account.failNext("pull", refused);
    await pullCalendar(second?.id ?? "", minute(1)).catch(() => {});
    expect(await mails()).toMatchObject([{ calendars: ["Family", "Work"], receivesBookings: true }]);
    await pull(10);
    await pull(20, refused);
    expect(kinds(await mails())).toEqual(["reconnect", "reconnected", "reconnect"]);
  });

  test("is told at most three times a day when it comes and goes", async () => {
    const { pull, mails } = await makeReader();
    for (let at = 0; at < 60; at += 10) {
      await pull(at, refused);
      await pull(at + 5);
    }
    expect(kinds(await mails()).filter((kind) => kind === "reconnect")).toHaveLength(3);
    expect(kinds(await mails())).toHaveLength(6);
    await pull(60, refused);
    await pull(25 * 60, refused);
    expect(kinds(await mails())).toHaveLength(7);
  });

  test("is not what a run from before says", async () => {
    const { pull, mails, calendar } = await makeReader();
    await pull(10, refused);
    await noteConnectionStatus(calendar.connectionId, "connected", null, minute(9));
    expect(kinds(await mails())).toEqual(["reconnect"]);
    await noteConnectionStatus(calendar.connectionId, "connected", null, minute(12));
    await noteConnectionStatus(calendar.connectionId, "reconnect", "The old password.", minute(11));
    expect(kinds(await mails())).toEqual(["reconnect", "reconnected"]);
  });

  test("is nobody's business once it is being let go", async () => {
    const { mails, calendar } = await makeReader();
    const is = eq(calendarConnections.id, calendar.connectionId);
    await database().update(calendarConnections).set({ status: "disconnecting" }).where(is);
    await noteConnectionStatus(calendar.connectionId, "reconnect", "No.", start);
    await noteConnectionStatus(calendar.connectionId, "connected", null, start);
    expect(await mails()).toEqual([]);
    const [connection] = await database().select().from(calendarConnections).where(is);
    expect(connection?.status).toBe("disconnecting");
  });
});

describe("a calendar that keeps failing", () => {
  test("is one mail after fifteen minutes, however often it fails, and one more when it is read again", async () => {
    const { pull, mails, calendar } = await makeReader({ isDestination: true });
    await pull(0);
    await pull(1, away);
    await pull(2, away);
    expect(await mails()).toEqual([]);
    for (const at of [3, 8, 15]) await pull(at, away);
    expect(await mails()).toEqual([]);
    for (const at of [16, 20, 30]) await pull(at, away);
    expect(await mails()).toMatchObject([
      {
        change: { kind: "calendar_failing", reason: "The server did not answer." },
        since: minute(1),
        at: minute(16),
        closesAt: minute(60),
        receivesBookings: true,
      },
    ]);
    await pull(35);
    await pull(40);
    const told = await mails();
    expect(kinds(told)).toEqual(["calendar_failing", "calendar_working"]);
    expect(told[1]).toMatchObject({ since: minute(1), at: minute(35) });
    const [row] = await database().select().from(calendars).where(eq(calendars.id, calendar.id));
    expect(row).toMatchObject({ failingSince: null, errorCount: 0 });
  });

  test("is no mail when it works again before that, and neither is its recovery", async () => {
    const { pull, mails } = await makeReader();
    for (const at of [0, 20, 40]) {
      await pull(at, away);
      await pull(at + 1, away);
      await pull(at + 2);
    }
    expect(await mails()).toEqual([]);
  });

  test("is in one mail with those of its account that fail alike, until it fails alone", async () => {
    const { pull, mails, calendar, account, user } = await makeReader({ name: "Work" });
    const [family] = await database()
      .insert(calendars)
      .values({
        connectionId: calendar.connectionId,
        hostId: user.id,
        remoteId: account.addCalendar(),
        name: "Family",
        checksConflicts: true,
      })
      .returning();
    const pullFamily = (at: number, error?: AppError) => {
      if (error) account.failNext("pull", error);
      return pullCalendar(family?.id ?? "", minute(at)).catch(() => {});
    };
    for (const at of [0, 8, 15]) {
      await pull(at, away);
      await pullFamily(at, away);
    }
    expect(await mails()).toMatchObject([{ calendars: ["Family", "Work"] }]);
    await pull(16);
    await pullFamily(17, away);
    expect(kinds(await mails())).toEqual(["calendar_failing", "calendar_working", "calendar_failing"]);
    expect((await mails())[2]).toMatchObject({ calendars: ["Family"], since: minute(0) });
  });

  test("is told once although two runs notice at the same time", async () => {
    const { mails, calendar, account } = await makeReader();
    for (let run = 0; run < 5; run++) account.failNext("pull", away);
    await Promise.all([0, 15, 16, 17, 18].map((at) => pullCalendar(calendar.id, minute(at)).catch(() => {})));
    expect(kinds(await mails())).toEqual(["calendar_failing"]);
  });

  test("is no mail of its own while its account wants reconnecting", async () => {
    const { pull, mails } = await makeReader();
    await pull(0, refused);
    for (const at of [1, 2, 3, 20]) await pull(at, refused);
    expect(kinds(await mails())).toEqual(["reconnect"]);
    await pull(30);
    expect(kinds(await mails())).toEqual(["reconnect", "reconnected"]);
  });

  test("is no mail when nobody uses it", async () => {
    const { pull, mails } = await makeReader({ checksConflicts: false });
    for (const at of [0, 10, 20]) await pull(at, away);
    expect(await mails()).toEqual([]);
  });

  test("has a mail that leads to it", async () => {
    const { pull, user } = await makeReader();
    for (const at of [0, 15]) await pull(at, away);
    const [row] = await database()
      .select()
      .from(mailOutbox)
      .where(and(eq(mailOutbox.toEmail, user.email), eq(mailOutbox.kind, "calendar_failing")));
    expect(row?.data).toMatchObject({ link: expect.stringMatching(/^https?:\/\/.+\/connections$/) });
  });
});
