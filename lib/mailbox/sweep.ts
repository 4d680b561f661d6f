import { and, eq, lt, ne } from "drizzle-orm";
import { database } from "@/db/client";
import { mailOutbox } from "@/db/schema";

// Mails leave within seconds.
const graceMs = 10 * 60_000;
const keptMs = 90 * 86_400_000;

/** Mails that lie here longer than sending takes. */
export async function listWaitingMails(now: Date): Promise<string[]> {
  const rows = await database()
    .select({ id: mailOutbox.id })
    .from(mailOutbox)
    .where(and(eq(mailOutbox.status, "queued"), lt(mailOutbox.createdAt, new Date(now.getTime() - graceMs))))
    .orderBy(mailOutbox.createdAt)
    .limit(200);
  return rows.map(({ id }) => id);
}

/** Deletes what nobody will look for again; what is still to be sent stays. Says how many went. */
export async function forgetOldMails(now: Date): Promise<number> {
  const gone = await database()
    .delete(mailOutbox)
    .where(and(lt(mailOutbox.createdAt, new Date(now.getTime() - keptMs)), ne(mailOutbox.status, "queued")))
    .returning({ id: mailOutbox.id });
  return gone.length;
}
