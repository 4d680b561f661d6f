import type { Transaction } from "@/db/client";
import { eventTypes, scheduleRules, schedules } from "@/db/schema";

const workdays = [1, 2, 3, 4, 5];

/** What a new host starts with, so that the booking page works at once: office hours and a short meeting. */
export async function addDefaults(tx: Transaction, hostId: string): Promise<void> {
  const [schedule] = await tx
    .insert(schedules)
    .values({ hostId, name: "Working hours", isDefault: true })
    .returning();
  if (!schedule) throw new Error("The insert returned no schedule.");
  const scheduleId = schedule.id;
  await tx
    .insert(scheduleRules)
    .values(workdays.map((weekday) => ({ scheduleId, hostId, weekday, startMinute: 540, endMinute: 1020 })));
  await tx.insert(eventTypes).values({
    hostId,
    scheduleId,
    slug: "30-minutes",
    title: "30-minute meeting",
    durationMinutes: 30,
    slotIntervalMinutes: 30,
    minimumNoticeMinutes: 240,
  });
}
