import { and, eq } from "drizzle-orm";
import { database } from "@/db/client";
import { calendars } from "@/db/schema";
import { AppError } from "@/lib/errors";
import type { Counts } from "./log";
import { pullCalendar } from "./pull";

type Refresh = Counts | { failed: string } | { left: "given up, or gone" };

/** Reads a feed, unless it was given up meanwhile. That its server fails is noted on it, and is no failure of ours. */
export async function refreshFeed(calendarId: string, now: Date): Promise<Refresh> {
  const [enabled] = await database()
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.id, calendarId), calendars.isEnabled));
  if (!enabled) return { left: "given up, or gone" };
  try {
    return await pullCalendar(calendarId, now);
  } catch (error) {
    if (error instanceof AppError) return { failed: error.message };
    throw error;
  }
}
