import { and, eq, ne } from "drizzle-orm";
import { calendarConnections } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { newAttempt, sealAttempt } from "./attempt";
import { consentUrl } from "./oauth";

/**
 * Begins to connect a Google account, or to renew the access of one: where to send the browser, and what it is to keep.
 * @throws AppError not_found, unavailable
 */
export async function startGoogle(
  viewer: Viewer,
  reconnectId: string | null,
): Promise<{ url: string; cookie: string }> {
  const account = reconnectId === null ? null : await getAccount(viewer, reconnectId);
  const attempt = newAttempt(viewer, reconnectId);
  return { url: await consentUrl(attempt, account), cookie: sealAttempt(attempt) };
}

async function getAccount(viewer: Viewer, connectionId: string): Promise<string> {
  const [row] = await asViewer(viewer, (tx) =>
    tx
      .select({ account: calendarConnections.account })
      .from(calendarConnections)
      .where(
        and(
          eq(calendarConnections.id, connectionId),
          eq(calendarConnections.provider, "google"),
          ne(calendarConnections.status, "disconnecting"),
        ),
      ),
  );
  if (!row) throw new AppError("not_found", "This Google account is not connected any more.");
  return row.account;
}
