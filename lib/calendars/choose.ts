import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendars } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { lockHost } from "@/lib/users/lock-host";
import { calendarChoice } from "./schema";

type CalendarRow = typeof calendars.$inferSelect;

/**
 * Sets which calendars of a connection block bookings, and how, and which one receives them (one per host, so
 * choosing one here takes the place of another connection's). Newly blocking ones are read at once.
 * @throws AppError not_found, or invalid naming the field
 */
export async function chooseCalendars(viewer: Viewer, connectionId: string, input: unknown): Promise<void> {
  const { conflictIds, allDayIds, destinationId } = parseInput(calendarChoice, input);
  await asViewer(viewer, async (tx) => {
    await lockHost(tx, viewer.userId);
    const own = await tx
      .select()
      .from(calendars)
      .where(eq(calendars.connectionId, connectionId))
      .for("update");
    if (own.length === 0) throw new AppError("not_found", "This connection does not exist.");
    checkChoice(own, { conflictIds, allDayIds, destinationId });
    await tx
      .update(calendars)
      .set({ checksConflicts: isAmong(conflictIds), allDayBlocks: isAmong(allDayIds) })
      .where(eq(calendars.connectionId, connectionId));
    await setDestination(tx, viewer, connectionId, destinationId);
    for (const { id } of own.filter((row) => !row.checksConflicts && conflictIds.includes(row.id))) {
      await sendEvent(tx, { name: "calendar/sync.requested", data: { calendarId: id, reason: "connected" } });
    }
  });
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
