import { and, asc, eq, exists, ne, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { providerName } from "./provider-name";

export type LockedAccount = Awaited<ReturnType<typeof listLocked>>[number];

/** The viewer's accounts that no longer let us in; one with a calendar that blocks keeps bookings closed. */
export async function listLocked(viewer: Viewer) {
  const { id, provider, account, serverUrl, status, createdAt } = calendarConnections;
  const rows = await asViewer(viewer, (tx) =>
    tx
      .select({ id, provider, account, serverUrl, isBlocking: sql<boolean>`${exists(blocking(tx))}` })
      .from(calendarConnections)
      .where(and(eq(status, "reconnect"), ne(provider, "ics")))
      .orderBy(asc(createdAt)),
  );
  return rows.map((row) => ({ ...row, providerName: providerName(row.provider, row.serverUrl) }));
}

const blocking = (tx: Transaction) =>
  tx
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.connectionId, calendarConnections.id), calendars.checksConflicts));
