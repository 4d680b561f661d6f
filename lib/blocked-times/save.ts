import { and, eq } from "drizzle-orm";
import { blockedTimes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { checkTimeZone } from "@/lib/users/time-zone";
import { blockedTimeForm } from "./schema";

const most = 500;

/** Blocks a time for all event types of the viewer. @throws AppError invalid, naming the field */
export async function addBlockedTime(viewer: Viewer, input: unknown): Promise<void> {
  const values = parseInput(blockedTimeForm, input);
  await asViewer(viewer, async (tx) => {
    await checkTimeZone(tx, values.timeZone);
    if ((await tx.$count(blockedTimes, eq(blockedTimes.hostId, viewer.userId))) >= most)
      throw new AppError("invalid", `Keep at most ${most} blocked times. Delete some first.`);
    await tx.insert(blockedTimes).values({ ...values, hostId: viewer.userId });
  });
}

/** @throws AppError not_found, or invalid, naming the field */
export async function changeBlockedTime(viewer: Viewer, id: string, input: unknown): Promise<void> {
  const values = parseInput(blockedTimeForm, input);
  await asViewer(viewer, async (tx) => {
    await checkTimeZone(tx, values.timeZone);
    const changed = await tx
      .update(blockedTimes)
      .set(values)
      .where(and(eq(blockedTimes.id, id), eq(blockedTimes.hostId, viewer.userId)))
      .returning({ id: blockedTimes.id });
    if (changed.length === 0) throw new AppError("not_found", "This blocked time does not exist any more.");
  });
}
