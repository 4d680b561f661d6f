import { and, eq } from "drizzle-orm";
import { database } from "@/db/client";
import { mailOutbox } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { requireAdmin } from "@/lib/runs/require-admin";
import { mailId } from "./schema";

/** Queues a mail that failed once more. @throws AppError forbidden, not_found, or conflict when it did not fail */
export async function resendMail(viewer: Viewer, id: string): Promise<void> {
  requireAdmin(viewer);
  parseInput(mailId, id);
  await database().transaction(async (tx) => {
    const [queued] = await tx
      .update(mailOutbox)
      .set({ status: "queued", lastError: null })
      .where(and(eq(mailOutbox.id, id), eq(mailOutbox.status, "failed")))
      .returning({ id: mailOutbox.id });
    if (queued) return sendEvent(tx, { name: "mail/queued", data: { mailId: id } });
    const [known] = await tx.select({ id: mailOutbox.id }).from(mailOutbox).where(eq(mailOutbox.id, id));
    if (!known) throw new AppError("not_found", "This mail does not exist any more.");
    throw new AppError("conflict", "This mail has not failed, so it is not sent again.");
  });
}
