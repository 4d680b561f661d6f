import { eq, sql } from "drizzle-orm";
import { scheduleRules, schedules } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { lockDefaultSchedule } from "@/lib/availability/hours";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { checkTimeZone } from "@/lib/users/time-zone";
import { scheduleForm } from "./schema";

const most = 50;

/** Adds a schedule that begins with the weekly hours of the default one. Returns its id. @throws AppError invalid */
export async function createSchedule(viewer: Viewer, input: unknown): Promise<string> {
  const values = parseInput(scheduleForm, input);
  return asViewer(viewer, async (tx) => {
    if (values.timeZone) await checkTimeZone(tx, values.timeZone);
    // Its lock also makes creations of one host queue.
    const defaultId = await lockDefaultSchedule(tx, viewer);
    if ((await tx.$count(schedules, eq(schedules.hostId, viewer.userId))) >= most)
      throw new AppError("invalid", `Keep at most ${most} schedules.`, { field: "name" });
    const [row] = await tx
      .insert(schedules)
      .values({ ...values, hostId: viewer.userId })
      .returning({ id: schedules.id });
    if (!row) throw new Error("The insert returned no schedule.");
    await tx.insert(scheduleRules).select(
      tx
        .select({
          id: sql<string>`gen_random_uuid()`.as("id"),
          scheduleId: sql<string>`${row.id}::uuid`.as("schedule_id"),
          hostId: scheduleRules.hostId,
          weekday: scheduleRules.weekday,
          startMinute: scheduleRules.startMinute,
          endMinute: scheduleRules.endMinute,
        })
        .from(scheduleRules)
        .where(eq(scheduleRules.scheduleId, defaultId)),
    );
    return row.id;
  });
}
