import { asc, eq } from "drizzle-orm";
import { calendarConnections } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { providerName } from "./provider-name";

export type LockedAccount = Awaited<ReturnType<typeof listLocked>>[number];

/** The viewer's accounts that no longer let us in. */
export async function listLocked(viewer: Viewer) {
  const { id, provider, account, serverUrl, status, createdAt } = calendarConnections;
  const rows = await asViewer(viewer, (tx) =>
    tx
      .select({ id, provider, account, serverUrl })
      .from(calendarConnections)
      .where(eq(status, "reconnect"))
      .orderBy(asc(createdAt)),
  );
  return rows.map((row) => ({ ...row, providerName: providerName(row.provider, row.serverUrl) }));
}
