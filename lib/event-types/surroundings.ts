import { and, asc, desc, eq, ne } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { eventTypes, scheduleOverrides, scheduleRules, schedules, users } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { byDay } from "@/lib/schedules/overrides";
import { longestWindowMinutes } from "@/lib/schedules/schema";
import { dayOf } from "@/lib/time";
import type { Surroundings } from "./schema";

type Options = { now: Date /** The event type that may keep its own address. */; except?: string };

/** What the viewer's event types must fit. */
export async function getSurroundings(viewer: Viewer, options: Options): Promise<Surroundings> {
  return asViewer(viewer, (tx) => loadSurroundings(tx, viewer, options));
}

export async function loadSurroundings(
  tx: Transaction,
  { userId }: Viewer,
  { now, except }: Options,
): Promise<Surroundings> {
  const own = await tx
    .select({
      id: schedules.id,
      name: schedules.name,
      isDefault: schedules.isDefault,
      timeZone: schedules.timeZone,
      hostTimeZone: users.timeZone,
    })
    .from(schedules)
    .innerJoin(users, eq(users.id, schedules.hostId))
    .where(eq(schedules.hostId, userId))
    .orderBy(desc(schedules.isDefault), asc(schedules.name), asc(schedules.id));
  const rules = await tx.select().from(scheduleRules).where(eq(scheduleRules.hostId, userId));
  const overrides = await tx.select().from(scheduleOverrides).where(eq(scheduleOverrides.hostId, userId));
  const taken = await tx
    .select({ slug: eventTypes.slug })
    .from(eventTypes)
    .where(and(eq(eventTypes.hostId, userId), except ? ne(eventTypes.id, except) : undefined));
  return {
    schedules: own.map(({ id, name, isDefault, timeZone, hostTimeZone }) => {
      const isOwn = (row: { scheduleId: string }) => row.scheduleId === id;
      const today = dayOf(now, timeZone ?? hostTimeZone);
      const ahead = overrides.filter((row) => isOwn(row) && row.day >= today);
      const longest = longestWindowMinutes({ hours: rules.filter(isOwn), overrides: byDay(ahead) });
      return { id, name, isDefault, today, longestWindowMinutes: longest };
    }),
    takenSlugs: taken.map(({ slug }) => slug),
  };
}
