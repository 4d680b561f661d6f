import { and, asc, eq, ne } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { listConnections } from "@/lib/connections/list";
import { AppError } from "@/lib/errors";

export type CaldavConfig = Awaited<ReturnType<typeof getCaldavConfig>>;

/** The viewer's CalDAV account, the oldest if there are several; its password stays here. @throws AppError not_found */
export async function getCaldavConfig(viewer: Viewer) {
  const connections = await listConnections(viewer);
  const found = connections.find(({ provider }) => provider === "caldav");
  if (!found) throw new AppError("not_found", "No CalDAV account is configured.");
  return found;
}

/** The accounts at CalDAV servers that the viewer of this transaction has, with what was sealed for them. */
export async function listCaldavAccounts(tx: Transaction) {
  const { id, provider, serverUrl, account, credentials, status, createdAt } = calendarConnections;
  return tx
    .select({ id, serverUrl, account, credentials })
    .from(calendarConnections)
    .where(and(eq(provider, "caldav"), ne(status, "disconnecting")))
    .orderBy(asc(createdAt));
}
