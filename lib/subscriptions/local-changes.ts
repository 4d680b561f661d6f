import { and, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarObjects, localChanges, syncedEvents } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { lockHost } from "@/lib/users/lock-host";
import { timeColumns, timeOf } from "./event-time";
import { getCalendarId } from "./get";
import { type LocalChangeInput, localChangeInput } from "./schema";
import type { LocalChange, LocalDecision } from "./view";

type Place = { calendarId: string; eventId: string };
type Row = typeof localChanges.$inferSelect;

/** What the viewer changed about events of a subscription, the latest first. @throws AppError not_found */
export async function listLocalChanges(viewer: Viewer, id: string): Promise<LocalChange[]> {
  return asViewer(viewer, async (tx) => {
    const calendarId = await getCalendarId(tx, id);
    const rows = await tx
      .select()
      .from(localChanges)
      .where(eq(localChanges.calendarId, calendarId))
      .orderBy(desc(localChanges.updatedAt), localChanges.providerEventId);
    const events = await findFirstOccurrences(tx, calendarId);
    return rows.map((row) => ({
      ...{ eventId: row.providerEventId, ...(events.get(row.providerEventId) ?? unknownEvent) },
      ...{ ...decisionOf(row), updatedAt: row.updatedAt },
    }));
  });
}

/**
 * Decides something about one event of a feed, for the viewer alone; all of it, if it repeats. Where everything is as the
 * feed says again, nothing is kept.
 * @throws AppError not_found, or invalid naming the field
 */
export async function changeFeedEvent(
  viewer: Viewer,
  id: string,
  eventId: string,
  input: unknown,
  now: Date,
): Promise<LocalChange> {
  const change = parseInput(localChangeInput, input);
  return asViewer(viewer, async (tx) => {
    const place = { calendarId: await getCalendarId(tx, id), eventId };
    // What is decided at the same time adds to it, also where there is no row to lock yet.
    await lockHost(tx, viewer.userId);
    const before = await findDecision(tx, place);
    if (!before && !(await isThere(tx, place)))
      throw new AppError("not_found", "This subscription has no such event.");
    const decision = { ...(before ?? asTheFeedSays), ...given(change) };
    await keep(tx, viewer, { ...place, decision }, now);
    const events = await findFirstOccurrences(tx, place.calendarId, eventId);
    return { eventId, ...(events.get(eventId) ?? unknownEvent), ...decision, updatedAt: now };
  });
}

/** What a local change says. */
export const decisionOf = ({ isHidden, transparency, color }: Decided): LocalDecision => ({
  hidden: isHidden,
  busy: transparency === null ? null : transparency === "opaque",
  color,
});
type Decided = Pick<Row, "isHidden" | "transparency" | "color">;

const asTheFeedSays: LocalDecision = { hidden: false, busy: null, color: null };
const unknownEvent = { title: null, time: null };

const isOf = ({ calendarId, eventId }: Place) =>
  and(eq(localChanges.calendarId, calendarId), eq(localChanges.providerEventId, eventId));

async function findDecision(tx: Transaction, place: Place): Promise<LocalDecision | null> {
  const [row] = await tx.select().from(localChanges).where(isOf(place)).for("update");
  return row ? decisionOf(row) : null;
}

/** An event may have no occurrence in the window that was read. */
async function isThere(tx: Transaction, { calendarId, eventId }: Place): Promise<boolean> {
  const object = and(eq(calendarObjects.calendarId, calendarId), eq(calendarObjects.id, eventId));
  if ((await tx.$count(calendarObjects, object)) > 0) return true;
  const event = and(eq(syncedEvents.calendarId, calendarId), eq(syncedEvents.providerEventId, eventId));
  return (await tx.$count(syncedEvents, event)) > 0;
}

function given({ hidden, busy, color }: LocalChangeInput): Partial<LocalDecision> {
  return {
    ...(hidden !== undefined && { hidden }),
    ...(busy !== undefined && { busy }),
    ...(color !== undefined && { color }),
  };
}

async function keep(
  tx: Transaction,
  { userId: hostId }: Viewer,
  { decision, ...place }: Place & { decision: LocalDecision },
  now: Date,
): Promise<void> {
  const { hidden: isHidden, busy, color } = decision;
  if (!isHidden && busy === null && color === null) {
    await tx.delete(localChanges).where(isOf(place));
    return;
  }
  const transparency = busy === null ? null : busy ? ("opaque" as const) : ("transparent" as const);
  const values = { isHidden, transparency, color, updatedAt: now };
  const { calendarId, eventId: providerEventId } = place;
  await tx
    .insert(localChanges)
    .values({ calendarId, hostId, providerEventId, ...values })
    .onConflictDoUpdate({ target: [localChanges.calendarId, localChanges.providerEventId], set: values });
}

/** What a person knows an event by: of each that was changed, or of one. */
async function findFirstOccurrences(tx: Transaction, calendarId: string, eventId?: string) {
  const { providerEventId, title } = syncedEvents;
  const which =
    eventId === undefined
      ? sql`${providerEventId} in (
          select ${localChanges.providerEventId} from ${localChanges} where ${localChanges.calendarId} = ${calendarId})`
      : eq(providerEventId, eventId);
  const rows = await tx
    .selectDistinctOn([providerEventId], { providerEventId, title, ...timeColumns })
    .from(syncedEvents)
    .where(and(eq(syncedEvents.calendarId, calendarId), which))
    .orderBy(providerEventId, sql`coalesce(${syncedEvents.startsAt}, ${syncedEvents.startDay})`);
  return new Map(rows.map((row) => [row.providerEventId, { title: row.title, time: timeOf(row) }]));
}
