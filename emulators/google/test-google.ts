import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { startGoogle } from "./server";

// What the emulator's own tests share: a Google with one user and one client, and a caller for its API.

export const calendarScope = "https://www.googleapis.com/auth/calendar";
export const ada = "ada@example.com";
export const clientId = "calends";
export const redirectUri = "https://calends.test/api/connect/google/callback";

/** 2 March 2026, 08:00 UTC; Berlin goes to summer time on the 29th. */
export const start = new Date("2026-03-02T08:00:00Z");

/** For what takes a second alone, and several where others are at work. */
export const slow = 30_000;

/** A list whose first places a test may look at; that they are there is for it to find out. */
type Some<T> = [T, T, T, ...T[]];

type Time = { dateTime: string; date: string; timeZone: string };

/** What Calendar v3 documents of an event, as far as tests look into it. */
type Event = {
  id: string;
  status: string;
  etag: string;
  summary: string;
  start: Time;
  end: Time;
  originalStartTime: Time;
  recurrence: string[];
  recurringEventId: string;
  iCalUID: string;
  sequence: number;
  created: string;
  updated: string;
  eventType: string;
  description: string;
  hangoutLink: string;
  transparency: string;
  attendees: object[];
  organizer: { self: boolean };
  extendedProperties: { private: Record<string, string> };
  conferenceData: { createRequest: { status: { statusCode: string } } };
};

/** Any of its answers at once: which fields came is what the tests find out. */
type Body = Event & {
  items: Some<Event>;
  timeZone: string;
  nextPageToken: string;
  nextSyncToken: string;
  accessRole: string;
  resourceId: string;
  resourceUri: string;
  expiration: string;
  calendars: { [ada]: { busy: object[] }; none: { errors: object[] } };
  error: {
    code: number;
    message: string;
    status: string;
    errors: Some<{ domain: string; reason: string; message: string; location: string }>;
    details: Some<{ reason: string }>;
  };
};

export type Answer = {
  status: number;
  headers: Headers;
  body: Body;
};

export async function playGoogle() {
  const google = await startGoogle({ startsAt: start });
  onTestFinished(() => google.stop());
  const { admin, url } = google;
  admin.addClient({ id: clientId, secret: "secret", redirectUris: [redirectUri] });
  admin.addUser({ email: ada, name: "Ada", timeZone: "Europe/Berlin" });
  const { accessToken, refreshToken } = admin.issueTokens({ email: ada, clientId, scopes: [calendarScope] });
  const api = callerOf(url, accessToken);
  return { admin, url, api, accessToken, refreshToken, events: eventsOf(api) };
}

type Asked = { headers?: Record<string, string>; body?: unknown; method?: string };
export type Api = ReturnType<typeof callerOf>;

export function callerOf(url: string, accessToken: string) {
  return async (path: string, { headers = {}, body, method }: Asked = {}): Promise<Answer> => {
    const response = await fetch(`${url}/calendar/v3${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
  };
}

/** Ada's primary calendar. `list` takes every page. */
function eventsOf(api: Api) {
  const path = "/calendars/primary/events";
  const page = (query: Record<string, string> = {}) => api(`${path}?${new URLSearchParams(query)}`);
  return {
    path,
    page,
    insert: (body: object, query = "") => api(`${path}${query}`, { body }),
    get: (id: string) => api(`${path}/${id}`),
    patch: (id: string, body: object, headers = {}) =>
      api(`${path}/${id}`, { method: "PATCH", body, headers }),
    update: (id: string, body: object, headers = {}) =>
      api(`${path}/${id}`, { method: "PUT", body, headers }),
    remove: (id: string, headers = {}) => api(`${path}/${id}`, { method: "DELETE", headers }),
    list: async (query: Record<string, string> = {}) => {
      const items: Event[] = [];
      let answer = await page(query);
      items.push(...answer.body.items);
      while (answer.body.nextPageToken) {
        answer = await page({ ...query, pageToken: answer.body.nextPageToken });
        items.push(...answer.body.items);
      }
      return { items: items as Some<Event>, token: answer.body.nextSyncToken };
    },
  };
}

export function meeting(day: string, from = "10:00", to = "11:00") {
  const at = (time: string) => ({ dateTime: `${day}T${time}:00`, timeZone: "Europe/Berlin" });
  return { summary: "Meeting", start: at(from), end: at(to) };
}

/** What the errors guide calls an error's reason. */
export function reasonOf({ body }: Answer): string {
  return body.error.errors[0].reason;
}

export function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

export type Message = { headers: IncomingHttpHeaders; rawHeaders: string[]; body: string };

/** A receiver of messages; `answers` are the statuses it gives, the last one for good. */
export async function receive(answers: number[] = [200]) {
  const messages: Message[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    messages.push({ headers: request.headers, rawHeaders: request.rawHeaders, body });
    response.writeHead((answers.length > 1 ? answers.shift() : answers[0]) ?? 200).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { messages, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
