import type { GoneReason } from "./errors";
import type { Fault } from "./fault";
import { defaultSettings, type Settings } from "./settings";

/** Everything this Google knows: plain data, so that a snapshot is a copy. */
export type State = {
  seed: number;
  /** Grows with every change anywhere; etags and tokens are made of it. */
  counter: number;
  settings: Settings;
  clients: Map<string, Client>;
  users: Map<string, User>;
  calendars: Map<string, Calendar>;
  codes: Map<string, Code>;
  grants: Map<string, Grant>;
  accessTokens: Map<string, AccessToken>;
  refreshTokens: Map<string, RefreshToken>;
  channels: Map<string, Channel>;
  messages: Message[];
  conferences: { dueAt: number; calendarId: string; eventId: string }[];
  outbox: Mail[];
  pages: Map<string, Page>;
  faults: Fault[];
  /** When each user's requests came, for the quota. */
  usage: Map<string, { at: number; units: number }[]>;
};

/** Refresh tokens of an app in `testing` live seven days. */
export type Client = {
  id: string;
  secret: string;
  redirectUris: string[];
  status: "production" | "testing";
};

export type User = {
  email: string;
  sub: string;
  name: string;
  list: Map<string, ListEntry>;
  listChanges: string[];
  listTokensEnded: number;
};

export type Role = "freeBusyReader" | "reader" | "writer" | "owner";
export const roles: Role[] = ["freeBusyReader", "reader", "writer", "owner"];

export type ListEntry = {
  calendarId: string;
  role: Role;
  primary: boolean;
  selected: boolean;
  hidden: boolean;
  deleted: boolean;
  backgroundColor: string;
  summaryOverride?: string;
};

export type Calendar = {
  id: string;
  owner: string;
  summary: string;
  timeZone: string;
  /** Calendars Google makes itself (holidays, birthdays, contacts) have no channels. */
  isPushable: boolean;
  updated: number;
  events: Map<string, Version[]>;
  /** Ids of exceptions by the id of their series. */
  exceptions: Map<string, Set<string>>;
  /** Ids in the order they changed; a version's `seq` is its place here, counted from one. */
  changes: string[];
  /** Sync tokens made up to this count are refused. */
  tokensEnded: { upTo: number; reason: GoneReason } | null;
};

export type Version = { seq: number; event: GoogleEvent };

export type EventTime = { date?: string; dateTime?: string; timeZone?: string };
export type Attendee = { email: string; responseStatus?: string; [field: string]: unknown };
export type Properties = { private?: Record<string, string>; shared?: Record<string, string> };

/** A whole event resource as it is stored; never changed in place. Fields we have no rule for are kept. */
export type GoogleEvent = {
  id: string;
  status: "confirmed" | "tentative" | "cancelled";
  etag: string;
  created: string;
  updated: string;
  iCalUID: string;
  sequence: number;
  start: EventTime;
  end: EventTime;
  summary?: string;
  recurrence?: string[];
  recurringEventId?: string;
  originalStartTime?: EventTime;
  transparency?: string;
  visibility?: string;
  eventType: string;
  attendees?: Attendee[];
  organizer: { email: string; displayName?: string };
  creator: { email: string };
  extendedProperties?: Properties;
  conferenceData?: Record<string, unknown>;
  [field: string]: unknown;
};

export type Code = {
  clientId: string;
  email: string;
  redirectUri: string;
  scopes: string[];
  nonce: string | null;
  challenge: string | null;
  isOffline: boolean;
  expiresAt: number;
  isUsed: boolean;
};
export type Grant = { clientId: string; email: string; scopes: string[] };
export type AccessToken = { clientId: string; email: string; scopes: string[]; expiresAt: number };
export type RefreshToken = {
  clientId: string;
  email: string;
  scopes: string[];
  usedAt: number;
  issuedAt: number;
  /** Set once it is dead; `subtype` is what Google may add. */
  ended?: { subtype?: string };
};

export type Channel = {
  id: string;
  resourceId: string;
  resourceUri: string;
  calendarId: string | null;
  address: string;
  token: string | null;
  clientId: string;
  email: string;
  expiration: number;
  messageNumber: number;
  stopped: boolean;
};
export type Message = {
  channelId: string;
  number: number;
  resourceState: "sync" | "exists" | "not_exists";
  dueAt: number;
  attempt: number;
  isHeld: boolean;
};
export type Mail = { at: string; calendarId: string; eventId: string; about: string; to: string[] };
export type Page = { key: string; items: unknown[]; envelope: object; nextSyncToken: string | null };

export function createState(seed: number): State {
  return {
    seed,
    counter: 0,
    settings: defaultSettings(),
    clients: new Map(),
    users: new Map(),
    calendars: new Map(),
    codes: new Map(),
    grants: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    channels: new Map(),
    messages: [],
    conferences: [],
    outbox: [],
    pages: new Map(),
    faults: [],
    usage: new Map(),
  };
}
