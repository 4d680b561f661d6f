import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { isRead } from "@/lib/channels/health";
import { requestWatch } from "@/lib/channels/request";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { requestPull } from "@/lib/sync/request";
import { lockHost } from "@/lib/users/lock-host";
import { calendarChoice } from "./schema";

type CalendarRow = typeof calendars.$inferSelect;

/**
 * Sets which calendars of a connection block bookings, and how, and which one receives them (one per host, so
 * choosing one here takes the place of another connection's). Those that are read from now on are read at once, and
 * notify where they can; those that are not read any more stop that.
 * @throws AppError not_found, or invalid naming the field
 */
export async function chooseCalendars(viewer: Viewer, connectionId: string, input: unknown): Promise<void> {
  const { conflictIds, allDayIds, destinationId } = parseInput(calendarChoice, input);
  await asViewer(viewer, async (tx) => {
    await lockHost(tx, viewer.userId);
    const own = await tx
      .select()
      .from(calendars)
      .where(and(eq(calendars.connectionId, connectionId), eq(calendars.isSubscribed, false)))
      .for("update");
    if (own.length === 0) throw new AppError("not_found", "This connection does not exist.");
    checkChoice(own, { conflictIds, allDayIds, destinationId });
    const before = await listUses(tx);
    await tx
      .update(calendars)
      .set({ checksConflicts: isAmong(conflictIds), allDayBlocks: isAmong(allDayIds) })
      .where(eq(calendars.connectionId, connectionId));
    await setDestination(tx, viewer, connectionId, destinationId);
    await requestReading(tx, before, await listUses(tx));
  });
}

/** The viewer's calendars that are read: whether each blocks. */
async function listUses(tx: Transaction): Promise<Map<string, boolean>> {
  const { id, checksConflicts } = calendars;
  const rows = await tx.select({ id, checksConflicts }).from(calendars).where(isRead);
  return new Map(rows.map((row) => [row.id, row.checksConflicts]));
}

async function requestReading(tx: Transaction, before: Map<string, boolean>, after: Map<string, boolean>) {
  const now = new Date();
  for (const [id, blocks] of after)
    if (!before.has(id) || (blocks && !before.get(id))) await requestPull(tx, id, "connected", now);
  for (const id of new Set([...before.keys(), ...after.keys()]))
    if (before.has(id) !== after.has(id)) await requestWatch(tx, id);
}

type Choice = { conflictIds: string[]; allDayIds: string[]; destinationId: string | null };

function checkChoice(own: CalendarRow[], { destinationId, ...lists }: Choice): void {
  const known = new Map(own.map((row) => [row.id, row]));
  for (const [field, ids] of Object.entries(lists))
    if (ids.some((id) => !known.has(id)))
      throw new AppError("invalid", "This connection has no such calendar.", { field });
  if (destinationId === null) return;
  const destination = known.get(destinationId);
  if (!destination)
    throw new AppError("invalid", "This connection has no such calendar.", { field: "destinationId" });
  if (destination.isReadOnly)
    throw new AppError("invalid", `${destination.name} is read-only and cannot receive bookings.`, {
      field: "destinationId",
    });
}

function isAmong(ids: string[]) {
  return ids.length > 0 ? sql<boolean>`${inArray(calendars.id, ids)}` : sql<boolean>`false`;
}

async function setDestination(tx: Transaction, viewer: Viewer, connectionId: string, id: string | null) {
  const replaced =
    id === null ? eq(calendars.connectionId, connectionId) : eq(calendars.hostId, viewer.userId);
  await tx
    .update(calendars)
    .set({ isDestination: false })
    .where(and(replaced, eq(calendars.isDestination, true)));
  if (id !== null) await tx.update(calendars).set({ isDestination: true }).where(eq(calendars.id, id));
}
