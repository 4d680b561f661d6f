import { and, desc, eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { mailOutbox } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { requireAdmin } from "@/lib/runs/require-admin";
import { subjectOf } from "./letter";
import type { MailsQuery } from "./schema";

export type MailSummary = Awaited<ReturnType<typeof listMails>>["mails"][number];

/**
 * The mails of this installation, newest first.
 * @param asked `before`: the id the previous page ended with
 * @throws AppError forbidden
 */
export async function listMails(
  viewer: Viewer,
  { status, before, size = 50 }: Partial<MailsQuery> & { size?: number },
) {
  requireAdmin(viewer);
  const { id, createdAt } = mailOutbox;
  const rows = await database()
    .select()
    .from(mailOutbox)
    .where(
      and(
        status && eq(mailOutbox.status, status),
        before === undefined
          ? undefined
          : sql`(${createdAt}, ${id}) < (select created_at, id from mail_outbox where id = ${before}::uuid)`,
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(size + 1);
  const mails = rows.slice(0, size).map((row) => ({
    id: row.id,
    subject: subjectOf(row),
    toName: row.toName,
    toEmail: row.toEmail,
    status: row.status,
    sentBy: row.sentBy,
    lastError: row.lastError,
    attempts: row.attempts,
    createdAt: row.createdAt,
    sentAt: row.sentAt,
  }));
  return { mails, hasMore: rows.length > size };
}
