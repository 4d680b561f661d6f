import { and, asc, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { scheduleRules, schedules } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { lockSchedule } from "@/lib/schedules/lock";
import { type Interval, weeklyHours } from "./schema";

/** The weekly hours of one of the viewer's schedules, in order; of the default one when none is named. */
export async function listWeeklyHours(viewer: Viewer, scheduleId?: string): Promise<Interval[]> {
  return asViewer(viewer, (tx) =>
    tx
      .select({
        weekday: scheduleRules.weekday,
        startMinute: scheduleRules.startMinute,
        endMinute: scheduleRules.endMinute,
      })
      .from(scheduleRules)
      .innerJoin(schedules, eq(schedules.id, scheduleRules.scheduleId))
      .where(
        and(
          eq(schedules.hostId, viewer.userId),
          scheduleId ? eq(schedules.id, scheduleId) : eq(schedules.isDefault, true),
        ),
      )
      .orderBy(asc(scheduleRules.weekday), asc(scheduleRules.startMinute)),
  );
}

/** Replaces a schedule's weekly hours. @throws AppError not_found, or invalid, naming the interval */
export async function saveWeeklyHours(viewer: Viewer, scheduleId: string, input: unknown): Promise<void> {
  const { hours } = parseInput(weeklyHours, input);
  await asViewer(viewer, async (tx) => {
    await lockSchedule(tx, viewer, scheduleId);
    await tx.delete(scheduleRules).where(eq(scheduleRules.scheduleId, scheduleId));
    if (hours.length === 0) return;
    await tx
      .insert(scheduleRules)
      .values(hours.map((interval) => ({ ...interval, scheduleId, hostId: viewer.userId })));
  });
}

/** The id of the default schedule, locked; made when there is none. */
export async function lockDefaultSchedule(tx: Transaction, { userId }: Viewer): Promise<string> {
  const find = () =>
    tx
      .select({ id: schedules.id })
      .from(schedules)
      .where(and(eq(schedules.hostId, userId), eq(schedules.isDefault, true)))
      .for("update");
  const [known] = await find();
  if (known) return known.id;
  await tx
    .insert(schedules)
    .values({ hostId: userId, name: "Working hours", isDefault: true })
    .onConflictDoNothing();
  const [made] = await find();
  if (!made) throw new Error("The default schedule was not made.");
  return made.id;
}
