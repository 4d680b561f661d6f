import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { calendarConnections, type calendars } from "@/db/schema";
import { sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { createFakeAccount } from "@/lib/providers";
import { makeCalendar } from "./booking-page";

/** A calendar of the host's at a fake provider, never read yet; `account` plays its owner and its outages. */
export async function makeFakeCalendar(hostId: string, values: Partial<typeof calendars.$inferInsert> = {}) {
  const account = createFakeAccount();
  const remoteId = account.addCalendar();
  const calendar = await makeCalendar(hostId, { remoteId, lastSyncedAt: null, ...values });
  await database()
    .update(calendarConnections)
    .set({ credentials: sealCredentials(calendar.connectionId, account.credentials, env().FERNET_KEYS) })
    .where(eq(calendarConnections.id, calendar.connectionId));
  return { account, remoteId, calendar };
}
