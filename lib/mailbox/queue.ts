import type { Transaction } from "@/db/client";
import { mailOutbox } from "@/db/schema";
import { sendEvent } from "@/inngest/client";

type NewMail = {
  /** Which mail this is. A second one with the same key is not written. */
  key: string;
  kind: string;
  to: { name: string; email: string };
  bookingId: string | null;
  data: Record<string, unknown>;
};

/** Puts a mail into the outbox: it leaves exactly when `tx` commits, and once, whatever is repeated. */
export async function queueMail(tx: Transaction, mail: NewMail, now: Date): Promise<void> {
  const [row] = await tx
    .insert(mailOutbox)
    .values({
      key: mail.key,
      kind: mail.kind,
      toName: mail.to.name,
      toEmail: mail.to.email,
      bookingId: mail.bookingId,
      data: mail.data,
      createdAt: now,
    })
    .onConflictDoNothing({ target: mailOutbox.key })
    .returning({ id: mailOutbox.id });
  if (row) await sendEvent(tx, { name: "mail/queued", data: { mailId: row.id } });
}
