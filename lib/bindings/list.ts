import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "@/db/client";
import {
  appointmentTargets,
  calendarBindings,
  calendarConnections,
  calendars,
  projects,
  syncLogs,
} from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { providerName } from "@/lib/connections/provider-name";
import { AppError } from "@/lib/errors";
import { statusOf } from "./status";

export type Binding = Awaited<ReturnType<typeof listBindings>>[number];

/** The viewer's bindings: all that is visible first, then what is personal, then the others as they were made. */
export async function listBindings(viewer: Viewer) {
  return asViewer(viewer, (tx) => select(tx, sql`true`));
}

/** Null for what is no id, too. */
export async function findBinding(viewer: Viewer, id: string): Promise<Binding | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [found] = await asViewer(viewer, (tx) => select(tx, eq(calendarBindings.id, id)));
  return found ?? null;
}

/** @throws AppError not_found */
export async function getBinding(viewer: Viewer, id: string): Promise<Binding> {
  const found = await findBinding(viewer, id);
  if (!found) throw new AppError("not_found", "This binding does not exist.");
  return found;
}

async function select(tx: Transaction, which: SQL) {
  const { id, scope, createdAt, calendarId } = calendarBindings;
  const rows = await tx
    .select({
      id,
      scope,
      scopeId: calendarBindings.scopeId,
      includePersonal: calendarBindings.includePersonal,
      isEnabled: calendarBindings.isEnabled,
      lastSyncedAt: calendarBindings.lastSyncedAt,
      lastError: calendarBindings.lastError,
      errorCount: calendarBindings.errorCount,
      createdAt,
      calendar: {
        id: calendars.id,
        name: calendars.name,
        color: calendars.color,
        isReadOnly: calendars.isReadOnly,
        lastSyncedAt: calendars.lastSyncedAt,
        errorCount: calendars.errorCount,
        /** Copies that vanished from it together within the last week, and were put back (docs/mirror.md). */
        restored: restored(),
      },
      connection: {
        id: calendarConnections.id,
        account: calendarConnections.account,
        provider: calendarConnections.provider,
        serverUrl: calendarConnections.serverUrl,
        status: calendarConnections.status,
      },
      // Null also where the viewer does not see it any more.
      project: { id: projects.id, name: projects.name, kind: projects.kind, color: projects.color },
      copies: {
        inCalendar: copies(sql`push_due_at is null and diverged_at is null and last_error is null`),
        pending: copies(sql`(push_due_at is not null or diverged_at is not null) and last_error is null`),
        failing: copies(sql`last_error is not null`),
      },
      /** Copies in this calendar that are still to be deleted there, whichever binding they were of. */
      leaving: leaving(),
    })
    .from(calendarBindings)
    .innerJoin(calendars, eq(calendars.id, calendarId))
    .innerJoin(calendarConnections, eq(calendarConnections.id, calendars.connectionId))
    .leftJoin(projects, eq(projects.id, calendarBindings.scopeId))
    .where(which)
    .orderBy(
      sql`case ${scope} when 'all_visible' then 0 when 'personal_only' then 1 else 2 end`,
      createdAt,
      id,
    );
  return rows.map(({ connection, ...row }) => ({
    ...row,
    status: statusOf(row),
    connection: { ...connection, providerName: providerName(connection.provider, connection.serverUrl) },
  }));
}

const copies = (which: SQL) => sql<number>`(
  select count(*)::int from ${appointmentTargets}
  where binding_id = ${calendarBindings.id} and removed_at is null and ${which})`;

const restored = () => sql<number>`(
  select count(*)::int from ${syncLogs}
  where calendar_id = ${calendars.id} and operation = 'reconcile' and started_at > now() - interval '7 days'
    and detail ->> 'because' = 'bulk' and detail ->> 'outcome' = 'put_back')`;

const leaving = () => sql<number>`(
  select count(*)::int from ${appointmentTargets}
  where calendar_id = ${calendarBindings.calendarId} and removed_at is not null)`;
