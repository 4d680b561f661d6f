import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach } from "vitest";
import { startGoogle } from "@/emulators/google/server";
import { openProvider } from "@/lib/providers";
import type { CalendarProvider, ChangePage, SyncWindow } from "@/lib/providers/provider";

const clientId = "calends";
const scopes = [
  "https://www.googleapis.com/auth/calendar.events",
  "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
];
const appUrl = "https://calends.test";

/** A calendar of Ada's that is there from the start. */
export const team = "team@group.calendar.google.com";

export type GoogleAccount = Awaited<ReturnType<typeof startGoogleAccount>>;

/** A new one for every test of a file. */
export function openGoogleAccount(): GoogleAccount {
  const account = {} as GoogleAccount;
  beforeEach(async () => void Object.assign(account, await startGoogleAccount()));
  afterEach(() => account.stop());
  return account;
}

/** Ada's account at a Google of its own, and the provider that reads it. Whoever starts it stops it. */
export async function startGoogleAccount() {
  const google = await startGoogle({ startsAt: new Date("2026-05-01T08:00:00Z") });
  const { admin } = google;
  const email = "ada@example.com";
  admin.addClient({ id: clientId, secret: "secret", redirectUris: [`${appUrl}/callback`] });
  admin.addUser({ email, timeZone: "Europe/Berlin" });
  admin.addCalendar({ owner: email, summary: "Team", id: team });
  const renewals: (string | undefined)[] = [];
  let token = admin.issueTokens({ email, clientId, scopes }).accessToken;
  const accessToken = async (refused?: string) => {
    if (refused !== undefined) {
      renewals.push(refused);
      token = admin.issueTokens({ email, clientId, scopes }).accessToken;
    }
    return token;
  };
  const open = (more: { timeoutMs?: number; retryDelayMs?: number } = {}) =>
    openProvider(
      { kind: "google", access: { baseUrl: google.url, accessToken } },
      { connectionId: randomUUID(), allowPrivate: false, retryDelayMs: 1, ...more },
    );
  return {
    ...google,
    email,
    /** The tokens that were refused, and so replaced. */
    renewals,
    open,
    provider: open(),
    makeCalendar: (summary: string, id?: string) =>
      admin.addCalendar({ owner: email, summary, ...(id ? { id } : {}) }).id,
    /** What stands in a calendar in 2026. */
    eventsIn: (calendarId: string) =>
      admin.eventsIn({ calendarId, timeMin: "2026-01-01T00:00:00Z", timeMax: "2027-01-01T00:00:00Z" }),
    /** What came of each request of a route; null where the connection broke. */
    asked: (route: string) => admin.log({ route }).map(({ status }) => status),
  };
}

/** Where this Google's messages arrive; `received` takes the secrets of those that tell of a change. */
export async function receiveMessages({ admin }: GoogleAccount) {
  const secrets: string[] = [];
  const server = createServer((request, response) => {
    if (request.headers["x-goog-resource-state"] !== "sync") {
      secrets.push(String(request.headers["x-goog-channel-token"]));
    }
    response.writeHead(200).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  admin.settings({ callbackOrigins: { [appUrl]: `http://127.0.0.1:${port}` } });
  return {
    address: `${appUrl}/api/webhooks/google-calendar`,
    received: async () => {
      await admin.settle();
      return secrets.splice(0);
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const in2026: SyncWindow = {
  start: new Date("2026-01-01T00:00:00Z"),
  end: new Date("2027-01-01T00:00:00Z"),
  timeZone: "Europe/Berlin",
};

/** Every page of one pull, and all of them as one. */
export async function pullAll(
  provider: CalendarProvider,
  calendarId: string,
  { cursor = null, window = in2026 }: { cursor?: string | null; window?: SyncWindow } = {},
) {
  const pages: ChangePage[] = [];
  for await (const page of provider.pullChanges(calendarId, cursor, window)) pages.push(page);
  return {
    pages,
    resets: [...new Set(pages.map(({ reset = false }) => reset))],
    upserts: pages.flatMap((page) => page.upserts),
    deletions: pages.flatMap((page) => page.deletions),
    unreadable: pages.flatMap((page) => page.unreadable),
    cursor: pages.at(-1)?.cursor ?? null,
  };
}

/** An event as somebody types it into Google's calendar. */
export function meetingAt(day: string, from = "10:00", to = "11:00") {
  const at = (time: string) => ({ dateTime: `${day}T${time}:00`, timeZone: "Europe/Berlin" });
  return { summary: "Meeting", start: at(from), end: at(to) };
}
