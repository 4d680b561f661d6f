import { and, asc, desc, eq, ne } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarBindings, calendarConnections, calendars } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { addBinding } from "./add";

/**
 * Ties the first CalDAV account of a host who has bound nothing yet to all they see (SPEC C8): in the calendar they
 * name by its address, else the one that receives bookings, else the first that can be written.
 */
export async function bindFirst(
  tx: Transaction,
  viewer: Viewer,
  { connectionId, calendarUrl }: { connectionId: string; calendarUrl?: string | undefined },
  now: Date,
): Promise<void> {
  const { provider, id, status } = calendarConnections;
  const isOther = and(eq(provider, "caldav"), ne(id, connectionId), ne(status, "disconnecting"));
  if ((await tx.$count(calendarConnections, isOther)) > 0) return;
  if ((await tx.$count(calendarBindings, eq(calendarBindings.hostId, viewer.userId))) > 0) return;
  const writable = await tx
    .select({ id: calendars.id, remoteId: calendars.remoteId })
    .from(calendars)
    .where(and(eq(calendars.connectionId, connectionId), eq(calendars.isReadOnly, false)))
    .orderBy(
      desc(calendars.isDestination),
      desc(calendars.isPrimary),
      asc(calendars.name),
      asc(calendars.id),
    );
  const chosen = writable.find(({ remoteId }) => remoteId === calendarUrl) ?? writable[0];
  if (!chosen) return;
  const everything = { scope: "all_visible", scope_id: null, include_personal: false } as const;
  await addBinding(tx, viewer, { ...everything, calendar_id: chosen.id, enabled: true }, now);
}
