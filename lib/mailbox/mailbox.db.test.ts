import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { mailOutbox } from "@/db/schema";
import { mailInput } from "@/lib/mail/test-mail";
import { deliverMail } from "./deliver";
import { findMail } from "./find";
import { listMails } from "./list";
import { queueMail } from "./queue";
import { resendMail } from "./resend";
import { forgetOldMails, listWaitingMails } from "./sweep";

const now = new Date("2026-03-01T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const daysAgo = (days: number) => minutesAgo(days * 1440);

beforeEach(() => database().delete(mailOutbox));

async function queue({ key = randomUUID(), at = now } = {}): Promise<string> {
  const data = mailInput("visitor", { kind: "confirmed" });
  const mail = { key, kind: "confirmed", to: data.visitor, bookingId: null, data };
  await database().transaction((tx) => queueMail(tx, mail, at));
  const [row] = await database().select().from(mailOutbox).where(eq(mailOutbox.key, key));
  return row?.id ?? "";
}

const eventsOf = async (mailId: string) => {
  const rows = await database().execute(
    sql`select from inngest_events where name = 'mail/queued' and data like ${`%${mailId}%`}`,
  );
  return rows.length;
};

const set = (id: string, values: Partial<typeof mailOutbox.$inferInsert>) =>
  database().update(mailOutbox).set(values).where(eq(mailOutbox.id, id));

describe("the outbox", () => {
  test("holds a mail once per key, with one event", async () => {
    const key = randomUUID();
    const id = await queue({ key });
    expect(await queue({ key })).toBe(id);
    expect(await eventsOf(id)).toBe(1);
  });

  test("holds nothing of a transaction that came to nothing", async () => {
    const data = mailInput("visitor", { kind: "confirmed" });
    const mail = { key: randomUUID(), kind: "confirmed", to: data.visitor, bookingId: null, data };
    const work = database().transaction(async (tx) => {
      await queueMail(tx, mail, now);
      throw new Error("No.");
    });
    await expect(work).rejects.toThrow("No.");
    expect(await database().select().from(mailOutbox)).toEqual([]);
  });

  test("keeps its mails here without a mail server", async () => {
    const id = await queue();
    expect(await deliverMail(id, now)).toBe("kept");
    const [row] = await database().select().from(mailOutbox).where(eq(mailOutbox.id, id));
    expect(row).toMatchObject({ status: "sent", sentBy: "mailbox", sentAt: now });
  });
});

describe("an administrator", () => {
  test("lists mails, newest first, page by page and by status", async () => {
    const { viewer } = await makeHost({ role: "admin" });
    const ids: string[] = [];
    for (const minute of [3, 2, 1]) ids.unshift(await queue({ at: minutesAgo(minute) }));
    const [newest = "", middle = "", oldest = ""] = ids;
    await set(middle, { status: "failed", lastError: "No such address." });
    const first = await listMails(viewer, { size: 2 });
    expect(first.mails.map(({ id }) => id)).toEqual([newest, middle]);
    expect(first.mails[0]).toMatchObject({
      toEmail: "vera@example.test",
      subject: expect.stringContaining("Confirmed: Intro call"),
    });
    expect(first.hasMore).toBe(true);
    const second = await listMails(viewer, { size: 2, before: middle });
    expect(second).toMatchObject({ mails: [{ id: oldest }], hasMore: false });
    expect((await listMails(viewer, { status: "failed" })).mails.map(({ id }) => id)).toEqual([middle]);
  });

  test("reads one as it is sent", async () => {
    const { viewer } = await makeHost({ role: "admin" });
    const found = await findMail(viewer, await queue());
    expect(found).toMatchObject({
      fromName: "Hanna Host via Calends",
      replyTo: { email: "hanna@example.test" },
      invitation: { method: "REQUEST" },
    });
    expect(found?.html).toContain("You are booked");
    expect(await findMail(viewer, randomUUID())).toBeNull();
    expect(await findMail(viewer, "not-an-id")).toBeNull();
  });

  test("sends a failed one again, once, and no other", async () => {
    const { viewer } = await makeHost({ role: "admin" });
    const id = await queue();
    await expect(resendMail(viewer, id)).rejects.toMatchObject({ code: "conflict" });
    await set(id, { status: "failed", lastError: "No such address.", attempts: 3 });
    await resendMail(viewer, id);
    await expect(resendMail(viewer, id)).rejects.toMatchObject({ code: "conflict" });
    expect(await findMail(viewer, id)).toMatchObject({ status: "queued", lastError: null });
    expect(await eventsOf(id)).toBe(2);
    await expect(resendMail(viewer, randomUUID())).rejects.toMatchObject({ code: "not_found" });
  });

  test("is who may do this; a host may not", async () => {
    const { viewer } = await makeHost();
    const id = await queue();
    await expect(listMails(viewer, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(findMail(viewer, id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(resendMail(viewer, id)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the sweep", () => {
  test("finds mails whose run was lost, and leaves young ones alone", async () => {
    const old = await queue({ at: minutesAgo(11) });
    await queue({ at: minutesAgo(9) });
    await set(await queue({ at: minutesAgo(30) }), { status: "failed" });
    expect(await listWaitingMails(now)).toEqual([old]);
  });

  test("forgets mails after 90 days, but none that is still to be sent", async () => {
    const sent = { status: "sent", sentBy: "smtp", sentAt: now } as const;
    await set(await queue({ at: daysAgo(91) }), sent);
    await set(await queue({ at: daysAgo(91) }), { status: "failed" });
    const kept = [await queue({ at: daysAgo(91) }), await queue({ at: daysAgo(89) })];
    expect(await forgetOldMails(now)).toBe(2);
    const rows = await database().select({ id: mailOutbox.id }).from(mailOutbox);
    expect(rows.map(({ id }) => id).sort()).toEqual(kept.sort());
  });
});
