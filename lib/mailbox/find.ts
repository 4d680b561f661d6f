import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { mailOutbox } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { senderName } from "@/lib/mail/smtp";
import { requireAdmin } from "@/lib/runs/require-admin";
import { mailId } from "./schema";
import { addressed } from "./sender";

export type MailDetails = NonNullable<Awaited<ReturnType<typeof findMail>>>;

/** One mail, as it was or will be sent. @throws AppError forbidden */
export async function findMail(viewer: Viewer, id: string) {
  requireAdmin(viewer);
  if (!mailId.safeParse(id).success) return null;
  const [row] = await database().select().from(mailOutbox).where(eq(mailOutbox.id, id));
  if (!row) return null;
  const { status, sentBy, attempts, lastError, createdAt, sentAt, bookingId } = row;
  const mail = await addressed(row);
  return {
    ...mail,
    fromName: senderName(mail.fromName),
    id,
    status,
    sentBy,
    attempts,
    lastError,
    createdAt,
    sentAt,
    bookingId,
  };
}
