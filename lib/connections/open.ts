import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { calendarConnections, calendars, users } from "@/db/schema";
import { openCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { openProvider } from "@/lib/providers";

/**
 * A calendar with the provider it lives at and its host's time zone, for workers.
 * @throws AppError not_found, or reconnect when the credentials cannot be opened any more
 */
export async function openCalendar(calendarId: string) {
  const [row] = await database()
    .select({ calendar: calendars, connection: calendarConnections, timeZone: users.timeZone })
    .from(calendars)
    .innerJoin(calendarConnections, eq(calendarConnections.id, calendars.connectionId))
    .innerJoin(users, eq(users.id, calendars.hostId))
    .where(eq(calendars.id, calendarId));
  if (!row) throw new AppError("not_found", "This calendar does not exist any more.");
  return { calendar: row.calendar, timeZone: row.timeZone, provider: open(row.connection) };
}

function open({ id, provider, credentials }: typeof calendarConnections.$inferSelect) {
  const { FERNET_KEYS, ALLOW_PRIVATE_ADDRESSES } = env();
  const options = { connectionId: id, allowPrivate: ALLOW_PRIVATE_ADDRESSES };
  try {
    return openProvider(provider, openCredentials(id, credentials, FERNET_KEYS), options);
  } catch (cause) {
    // The cause stays out of the sentence, and the log never sees what was sealed.
    throw new AppError("reconnect", "The stored password can no longer be opened. Enter it again.", {
      cause,
    });
  }
}
