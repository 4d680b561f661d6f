import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import PostalMime from "postal-mime";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { mailOutbox } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { mailInput } from "@/lib/mail/test-mail";
import { startMailServer } from "@/lib/mail/test-server";
import { deliverMail, giveUpMail } from "./deliver";
import { queueMail } from "./queue";

let server: Awaited<ReturnType<typeof startMailServer>>;
const now = new Date("2026-03-01T10:00:00Z");

beforeAll(async () => {
  server = await startMailServer();
  process.env.SMTP_URL = server.url;
  process.env.MAIL_FROM = "cal@example.com";
});
afterEach(() => {
  server.received.length = 0;
  server.answerWith();
});
afterAll(() => server.stop());

async function queue(change: Parameters<typeof mailInput>[1] = { kind: "confirmed" }): Promise<string> {
  const key = randomUUID();
  const data = mailInput("visitor", change);
  const { visitor } = data;
  await database().transaction((tx) =>
    queueMail(tx, { key, kind: change.kind, to: visitor, bookingId: null, data }, now),
  );
  const [row] = await database().select().from(mailOutbox).where(eq(mailOutbox.key, key));
  return row?.id ?? "";
}

const rowOf = async (id: string) =>
  (await database().select().from(mailOutbox).where(eq(mailOutbox.id, id)))[0];

const messageIds = () =>
  Promise.all(server.received.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId));

const isUnavailable = (error: unknown) => error instanceof AppError && error.code === "unavailable";

describe("a queued mail", () => {
  test("leaves once, and its row says so", async () => {
    const id = await queue();
    expect(await deliverMail(id, now)).toBe("sent");
    expect(await deliverMail(id, now)).toBe("not_queued");
    expect(server.received).toMatchObject([{ from: "cal@example.com", to: ["vera@example.test"] }]);
    expect(await messageIds()).toEqual([`<${id}@localhost>`]);
    expect(await rowOf(id)).toMatchObject({ status: "sent", sentBy: "smtp", sentAt: now, attempts: 1 });
  });

  test("leaves once when several workers have it at the same moment", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => queue()));
    const outcomes = await Promise.all([...ids, ...ids, ...ids].map((id) => deliverMail(id, now)));
    expect(outcomes.filter((outcome) => outcome === "sent")).toHaveLength(5);
    expect(new Set(await messageIds()).size).toBe(5);
    expect(server.received).toHaveLength(5);
  });

  test("is tried again after a refusal for now, under the same Message-ID", async () => {
    const id = await queue();
    server.answerWith({ code: 451, at: "DATA" });
    await expect(deliverMail(id, now)).rejects.toSatisfy(isUnavailable);
    expect(await rowOf(id)).toMatchObject({
      status: "queued",
      attempts: 1,
      lastError: expect.stringContaining("451"),
    });
    expect(await deliverMail(id, now)).toBe("sent");
    expect(await rowOf(id)).toMatchObject({ status: "sent", attempts: 2, lastError: null });
    expect(await messageIds()).toEqual([`<${id}@localhost>`, `<${id}@localhost>`]);
  });

  test("goes out again as the same mail when nobody knows if it arrived", async () => {
    const id = await queue();
    server.answerWith("die after DATA");
    await expect(deliverMail(id, now)).rejects.toSatisfy(isUnavailable);
    expect(await deliverMail(id, now)).toBe("sent");
    const [first, second] = await Promise.all(server.received.map(({ raw }) => PostalMime.parse(raw)));
    expect(second?.messageId).toBe(first?.messageId);
    expect({ date: second?.date, text: second?.text, html: second?.html }).toEqual({
      date: first?.date,
      text: first?.text,
      html: first?.html,
    });
  });

  test("is given up at once when the server refuses it for good", async () => {
    const id = await queue();
    server.answerWith({ code: 550, at: "RCPT" });
    expect(await deliverMail(id, now)).toBe("failed");
    expect(await rowOf(id)).toMatchObject({
      status: "failed",
      sentAt: null,
      attempts: 1,
      lastError: expect.stringMatching(/^The mail server refused it: .*550/),
    });
    expect(await deliverMail(id, now)).toBe("not_queued");
    expect(server.received).toHaveLength(0);
  });

  test("shows as failed after the last try", async () => {
    const id = await queue();
    server.answerWith({ code: 421, at: "MAIL" });
    await expect(deliverMail(id, now)).rejects.toSatisfy(isUnavailable);
    await giveUpMail(id);
    expect(await rowOf(id)).toMatchObject({ status: "failed", lastError: expect.stringContaining("421") });
  });

  test("that cannot be written stays queued until it is given up, and says so", async () => {
    const id = await queue();
    await database().update(mailOutbox).set({ data: {} }).where(eq(mailOutbox.id, id));
    await expect(deliverMail(id, now)).rejects.toThrow();
    expect(await rowOf(id)).toMatchObject({ status: "queued" });
    await giveUpMail(id);
    expect(await rowOf(id)).toMatchObject({
      status: "failed",
      lastError: expect.stringContaining("Its run"),
    });
  });

  test("that was sent is not given up", async () => {
    const id = await queue();
    await deliverMail(id, now);
    await giveUpMail(id);
    expect(await rowOf(id)).toMatchObject({ status: "sent" });
  });

  test("that reminds of a meeting which has begun stays here", async () => {
    const id = await queue({ kind: "reminder", minutes: 60 });
    expect(await deliverMail(id, new Date("2026-03-31T09:00:00Z"))).toBe("failed");
    expect(await rowOf(id)).toMatchObject({ lastError: expect.stringContaining("had begun") });
    expect(server.received).toHaveLength(0);
  });
});
