import { eq } from "drizzle-orm";
import { schedules } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { checkTimeZone } from "@/lib/users/time-zone";
import { lockSchedule } from "./lock";
import { scheduleForm } from "./schema";

/** Renames a schedule and sets its zone. @throws AppError invalid (naming the field) or not_found */
export async function saveSchedule(viewer: Viewer, id: string, input: unknown): Promise<void> {
  const values = parseInput(scheduleForm, input);
  await asViewer(viewer, async (tx) => {
    if (values.timeZone) await checkTimeZone(tx, values.timeZone);
    const { id: own } = await lockSchedule(tx, viewer, id);
    await tx.update(schedules).set(values).where(eq(schedules.id, own));
  });
}
