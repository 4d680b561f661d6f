import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { calendarConnections, calendars, users } from "@/db/schema";
import { openCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { openProvider, type ProviderAccess } from "@/lib/providers";
import { providerOptions } from "./options";
import { accessTokenOf } from "./tokens";

type Connection = typeof calendarConnections.$inferSelect;

/**
 * A calendar with the account and the provider it lives at and its host's time zone, for workers.
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
  const { calendar, connection, timeZone } = row;
  return { calendar, account: connection.account, timeZone, provider: open(connection) };
}

/**
 * An account with its provider, whatever its status, for workers.
 * @throws AppError not_found, or reconnect when the credentials cannot be opened any more
 */
export async function openConnection(connectionId: string) {
  const [connection] = await database()
    .select()
    .from(calendarConnections)
    .where(eq(calendarConnections.id, connectionId));
  if (!connection) throw new AppError("not_found", "This account is not connected any more.");
  return { connection, provider: open(connection) };
}

function open(connection: Connection) {
  const options = { connectionId: connection.id, ...providerOptions() };
  try {
    return openProvider(accessOf(connection), options);
  } catch (cause) {
    // The cause stays out of the sentence, and the log never sees what was sealed.
    const what = connection.provider === "ics" ? "address" : "password";
    throw new AppError("reconnect", `The stored ${what} can no longer be opened. Enter it again.`, { cause });
  }
}

/** Google's tokens change while they are used, so they are read again where these no longer serve. */
function accessOf(connection: Connection): ProviderAccess {
  const { id, provider: kind, credentials } = connection;
  const { FERNET_KEYS, GOOGLE_API_BASE_URL: baseUrl } = env();
  if (kind === "google") return { kind, access: { baseUrl, accessToken: accessTokenOf(id, connection) } };
  return { kind, credentials: openCredentials(id, credentials, FERNET_KEYS) };
}
