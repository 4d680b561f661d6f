import { randomUUID } from "node:crypto";
import { database } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";
import type { GoogleAdmin } from "@/emulators/google/admin/admin";
import { type GoogleServer, startGoogle } from "@/emulators/google/server";
import { sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";

const client = { id: "calends", secret: "secret" };
/** Where Google is told to send its messages; `deliverTo` says where they arrive. */
const appUrl = "https://calends.test";
const scopes = [
  "openid",
  "https://www.googleapis.com/auth/userinfo.email",
  "https://www.googleapis.com/auth/calendar.events",
  "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
];

type OrLater<Act> = Act extends (...given: infer Given) => infer Result
  ? (...given: Given) => Result | Promise<Awaited<Result>>
  : never;
/** A Google in this process, or one in another whose admin is asked over HTTP. */
export type SomeGoogle = { url: string; admin: { [Name in keyof GoogleAdmin]: OrLater<GoogleAdmin[Name]> } };

/** A Google of its own that the settings of this process lead to, until another is started. Whoever starts it stops it. */
export async function startOwnGoogle(options: Parameters<typeof startGoogle>[0] = {}): Promise<GoogleServer> {
  const google = await startGoogle(options);
  await leadTo(google);
  return google;
}

export async function leadTo({ admin, url }: SomeGoogle): Promise<void> {
  await admin.addClient({ ...client, redirectUris: [`${appUrl}/api/connect/google/callback`] });
  Object.assign(env(), {
    APP_URL: appUrl,
    GOOGLE_CLIENT_ID: client.id,
    GOOGLE_CLIENT_SECRET: client.secret,
    GOOGLE_ISSUER: url,
    GOOGLE_API_BASE_URL: url,
  });
}

/** Messages for us go to this origin on loopback. */
export async function deliverTo({ admin }: SomeGoogle, origin: string): Promise<void> {
  await admin.settings({ callbackOrigins: { [appUrl]: origin } });
}

type CalendarValues = Partial<typeof calendars.$inferInsert>;

/** An account at this Google and the host's connection to it, with the account's own calendar, never read yet. */
export async function makeGoogleConnection(
  { admin, url }: SomeGoogle,
  hostId: string,
  { email = `${randomUUID().slice(0, 8)}@example.com`, ...values }: CalendarValues & { email?: string } = {},
) {
  const { sub } = await admin.addUser({ email });
  const { accessToken, refreshToken } = await admin.issueTokens({ email, clientId: client.id, scopes });
  const connectionId = randomUUID();
  // Held against the real clock, wherever Google's own stands.
  const expiresAt = new Date(Date.now() + 3_599_000).toISOString();
  const credentials = { refreshToken, accessToken, expiresAt, scopes };
  await database()
    .insert(calendarConnections)
    .values({
      id: connectionId,
      hostId,
      provider: "google",
      serverUrl: url,
      account: email,
      subject: sub,
      credentials: sealCredentials(connectionId, credentials, env().FERNET_KEYS),
    });
  const makeRow = async (remoteId: string, more: CalendarValues) => {
    const [row] = await database()
      .insert(calendars)
      .values({ connectionId, hostId, remoteId, name: remoteId, checksConflicts: true, ...more })
      .returning();
    if (!row) throw new Error("No calendar was made.");
    return row;
  };
  return {
    connectionId,
    email,
    calendar: await makeRow(email, { isPrimary: true, ...values }),
    /** One more calendar of the account. */
    addCalendar: async (more: CalendarValues = {}) => {
      const { id } = await admin.addCalendar({ owner: email, summary: more.name ?? "Team" });
      return makeRow(id, { name: "Team", ...more });
    },
  };
}
