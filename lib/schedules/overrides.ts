import { and, asc, between, eq, gte } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { scheduleOverrides } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { addDays, type Day } from "@/lib/time";
import { lockSchedule } from "./lock";
import { type DateRange, dateRange, type OverriddenDay, overrideForm } from "./schema";

/** The dates from `firstDay` on whose own hours replace the weekly ones. */
export async function listOverrides(
  viewer: Viewer,
  scheduleId: string,
  firstDay: Day,
): Promise<OverriddenDay[]> {
  const rows = await asViewer(viewer, (tx) =>
    tx
      .select()
      .from(scheduleOverrides)
      .where(
        and(
          eq(scheduleOverrides.scheduleId, scheduleId),
          eq(scheduleOverrides.hostId, viewer.userId),
          gte(scheduleOverrides.day, firstDay),
        ),
      )
      .orderBy(asc(scheduleOverrides.day), asc(scheduleOverrides.startMinute)),
  );
  return byDay(rows);
}

type Override = Pick<typeof scheduleOverrides.$inferSelect, "day" | "startMinute" | "endMinute">;

/** The rows of each date together, in the order they came; a row without minutes adds no hours. */
export function byDay(rows: Override[]): OverriddenDay[] {
  const days = new Map<Day, OverriddenDay>();
  for (const { day, startMinute, endMinute } of rows) {
    const known = days.get(day) ?? { day, hours: [] };
    days.set(day, known);
    if (startMinute !== null && endMinute !== null) known.hours.push({ startMinute, endMinute });
  }
  return [...days.values()];
}

/** Gives a date, or each of several in a row, hours of its own, or none. @throws AppError invalid or not_found */
export async function saveOverride(viewer: Viewer, scheduleId: string, input: unknown): Promise<void> {
  const { hours, ...range } = parseInput(overrideForm, input);
  await asViewer(viewer, async (tx) => {
    await lockSchedule(tx, viewer, scheduleId);
    await clear(tx, scheduleId, range);
    const row = { scheduleId, hostId: viewer.userId };
    const spans = hours.length > 0 ? hours : [{ startMinute: null, endMinute: null }];
    await tx
      .insert(scheduleOverrides)
      .values(daysOf(range).flatMap((day) => spans.map((span) => ({ ...row, day, ...span }))));
  });
}

/** Gives dates their weekly hours back. @throws AppError invalid or not_found */
export async function removeOverrides(viewer: Viewer, scheduleId: string, input: unknown): Promise<void> {
  const range = parseInput(dateRange, input);
  await asViewer(viewer, async (tx) => {
    await lockSchedule(tx, viewer, scheduleId);
    await clear(tx, scheduleId, range);
  });
}

async function clear(tx: Transaction, scheduleId: string, { firstDay, lastDay }: DateRange): Promise<void> {
  await tx
    .delete(scheduleOverrides)
    .where(
      and(eq(scheduleOverrides.scheduleId, scheduleId), between(scheduleOverrides.day, firstDay, lastDay)),
    );
}

function daysOf({ firstDay, lastDay }: DateRange): Day[] {
  const days = [];
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) days.push(day);
  return days;
}
