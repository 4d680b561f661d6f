import { and, eq, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { mailOutbox } from "@/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { MailNotSent, sendOverSmtp } from "@/lib/mail/smtp";
import { findTooLate } from "./letter";
import { addressed } from "./sender";

type MailRow = typeof mailOutbox.$inferSelect;
export type Delivery = "sent" | "kept" | "failed" | "not_queued";

/**
 * Sends a queued mail, or without a mail server leaves it in the mailbox. Its row stays locked meanwhile, so two
 * runs never send the same mail, and a process that dies lets go of it at once; what it may have handed over
 * before goes out again under the same Message-ID.
 * @throws AppError unavailable when it did not leave and another try may help; it stays queued
 */
export async function deliverMail(mailId: string, now: Date): Promise<Delivery> {
  const outcome = await database().transaction(async (tx) => {
    const row = await lockQueued(tx, mailId);
    if (!row) return "not_queued";
    const tooLate = findTooLate(row, now);
    if (tooLate) return fail(tx, row, tooLate);
    const smtpUrl = env().SMTP_URL;
    if (!smtpUrl) return markSent(tx, row, "mailbox", now);
    try {
      await sendOverSmtp(smtpUrl, await addressed(row));
    } catch (error) {
      if (!(error instanceof MailNotSent)) throw error;
      return error.isFinal ? fail(tx, row, error.message) : postpone(tx, row, error);
    }
    return markSent(tx, row, "smtp", now);
  });
  if (outcome instanceof MailNotSent) throw new AppError("unavailable", outcome.message, { cause: outcome });
  return outcome;
}

/** After the last try: the mail shows as failed, with the sentence of that try. */
export async function giveUpMail(mailId: string): Promise<void> {
  await database()
    .update(mailOutbox)
    .set({
      status: "failed",
      // Nothing of a mail server's: it could not even be written. The run has the error.
      lastError: sql`coalesce(${mailOutbox.lastError}, 'It could not be written. Its run says why.')`,
    })
    .where(and(eq(mailOutbox.id, mailId), eq(mailOutbox.status, "queued")));
}

async function lockQueued(tx: Transaction, mailId: string): Promise<MailRow | undefined> {
  // Whoever comes second waits, and then finds it sent.
  const [row] = await tx
    .select()
    .from(mailOutbox)
    .where(and(eq(mailOutbox.id, mailId), eq(mailOutbox.status, "queued")))
    .for("update");
  return row;
}

async function markSent(
  tx: Transaction,
  { id, attempts }: MailRow,
  sentBy: "smtp" | "mailbox",
  now: Date,
): Promise<Delivery> {
  await tx
    .update(mailOutbox)
    .set({ status: "sent", sentBy, sentAt: now, attempts: attempts + 1, lastError: null })
    .where(eq(mailOutbox.id, id));
  return sentBy === "smtp" ? "sent" : "kept";
}

async function fail(tx: Transaction, { id, attempts }: MailRow, lastError: string): Promise<Delivery> {
  await tx
    .update(mailOutbox)
    .set({ status: "failed", attempts: attempts + 1, lastError })
    .where(eq(mailOutbox.id, id));
  return "failed";
}

/** The failure is returned rather than thrown, so that the count of attempts is kept. */
async function postpone(
  tx: Transaction,
  { id, attempts }: MailRow,
  error: MailNotSent,
): Promise<MailNotSent> {
  await tx
    .update(mailOutbox)
    .set({ attempts: attempts + 1, lastError: error.message })
    .where(eq(mailOutbox.id, id));
  return error;
}
