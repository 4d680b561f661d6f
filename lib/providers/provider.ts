import type { StoredRecurrence } from "./recurrence";

/** The one interface the outside world hides behind. Plain values in and out; nothing here knows the database. */
export interface CalendarProvider {
  listCalendars(): Promise<RemoteCalendar[]>;

  /**
   * Changes since `cursor`, or everything in `window` when it is null. The last page carries the new cursor.
   * `reset` on any page: the cursor was lost and the pages hold the whole calendar, so what they do not
   * name is gone. Ends early only by throwing; what was yielded before must then not be applied.
   * @param isKnown whether the object with that id is known in exactly this version: its content need not be fetched,
   *   it is named in `unchanged`. For providers that list versions without contents
   * @throws AppError reconnect (credentials refused), not_found (calendar gone), rate_limited or unavailable
   */
  pullChanges(
    calendarId: string,
    cursor: string | null,
    window: SyncWindow,
    isKnown?: (id: string, etag: string) => boolean,
  ): AsyncIterable<ChangePage>;

  /**
   * Creates the event, or replaces `previous`. Repeating a put whose answer was lost makes no second event.
   * @throws AppError conflict when the remote copy is no longer `previous`
   */
  putEvent(calendarId: string, draft: EventDraft, previous?: RemoteRef | undefined): Promise<RemoteRef>;

  /** The id under which a put of a new event with that UID has left it, if its answer was lost. It may lead nowhere. */
  findNewId(calendarId: string, uid: string): Promise<string>;

  /** Already gone is success. @throws AppError conflict when the remote copy is no longer `ref` */
  deleteEvent(calendarId: string, ref: RemoteRef): Promise<void>;

  /**
   * One event as it is now, floating times taken in `timeZone`; null when it is gone, or was called off there.
   * @throws AppError invalid when it cannot be understood; not_found when the calendar is gone
   */
  getEvent(calendarId: string, eventId: string, timeZone: string): Promise<RemoteCopy | null>;

  /**
   * Asks for a notification of every change (SPEC B4). The first one may come before this returns.
   * @throws AppError; PushUnsupported when this calendar never sends any
   */
  watch?(calendarId: string, channel: NewChannel): Promise<OpenChannel>;

  /** Already stopped is success. */
  unwatch?(channel: Pick<OpenChannel, "resourceId"> & Pick<NewChannel, "id">): Promise<void>;
}

/** `secret` comes back with every notification sent to `address`, an https URL. */
export type NewChannel = { id: string; secret: string; address: string };

export type OpenChannel = { resourceId: string; expiresAt: Date };

/** Half-open range of instants that occurrences are wanted for. */
export type SyncWindow = {
  start: Date;
  end: Date;
  /** IANA zone that floating times (RFC 5545 §3.3.5, form 1) mean: the host's. */
  timeZone: string;
};

export type RemoteCalendar = {
  /** The provider's id; for CalDAV the absolute URL of the collection, ending in "/". */
  id: string;
  name: string;
  /** "#rrggbb", or null. */
  color: string | null;
  isReadOnly: boolean;
  /** The account's own calendar, as against further or shared ones; where the provider says so. */
  isPrimary?: boolean;
};

export type ChangePage = {
  reset?: boolean;
  upserts: RemoteEvent[];
  /**
   * Ids of events that are gone; the id of a series stands for every occurrence of it. They went before this page's
   * `upserts` came, which may be occurrences of a series that was one event.
   */
  deletions: string[];
  /** Ids of events that were listed in a version the caller knows (`isKnown`); they exist and say what they said. */
  unchanged?: string[];
  /** Events that exist but could not be understood. Their last known occurrences are kept, never dropped. */
  unreadable: { id: string; reason: string }[];
  /** Only on the last page. Opaque; may be large. */
  cursor?: string;
  /** Only on the last page, and only of a feed that was read and is not what it was at the last cursor. */
  feed?: FeedFacts;
  /** Only on the last page: where a feed says that it has moved for good. */
  movedTo?: string;
};

/** What a feed says of itself, and how much of it is of use. */
export type FeedFacts = {
  /** X-WR-CALNAME, or NAME of RFC 7986 §5.1. */
  name: string | null;
  /** "#rrggbb", or null. */
  color: string | null;
  /** REFRESH-INTERVAL (RFC 7986 §5.7) or X-PUBLISHED-TTL, in whole minutes. */
  refreshMinutes: number | null;
  /** Events there are, each series counted once. */
  eventCount: number;
  /** Components that could not be used, all of them, and the first few for a person to read. */
  skippedCount: number;
  skipped: { uid: string; title: string; reason: string }[];
};

/** One remote object with all its occurrences inside the window (possibly none). */
export type RemoteEvent = {
  /** The provider's id; for CalDAV the object's absolute URL. */
  id: string;
  uid: string;
  /** Set where the provider names the occurrences of a series one by one: the id of the series. */
  seriesId?: string;
  etag: string | null;
  occurrences: Occurrence[];
  /** It whole, as iCalendar, where it is handed on to calendar apps: of feeds. */
  object?: string;
};

export type Occurrence = {
  /** Stable within the event: RECURRENCE-ID as UTC instant or date; "" for an event that does not repeat. */
  key: string;
  title: string;
  time: OccurrenceTime;
  status: "confirmed" | "tentative" | "cancelled";
  transparency: "opaque" | "transparent";
};

/** `allDay`: dates "YYYY-MM-DD", `endDay` exclusive. Zero-length events have startsAt = endsAt. */
export type OccurrenceTime =
  | { kind: "timed"; startsAt: Date; endsAt: Date }
  | { kind: "allDay"; startDay: string; endDay: string };

export type EventDraft = {
  uid: string;
  sequence: number;
  title: string;
  description: string | null;
  location: string | null;
  /** Of the first occurrence, if it repeats. */
  time: OccurrenceTime;
  /** IANA zone the event is shown in where the provider keeps one; what repeats is counted on its wall clock. */
  timeZone: string;
  /** Null or left out: it takes place once. */
  recurrence?: StoredRecurrence | null;
};

export type RemoteRef = { id: string; etag: string | null };

/** All of an event that a push writes, as somebody may have changed it. */
export type RemoteCopy = RemoteRef &
  Pick<EventDraft, "uid" | "title" | "description" | "location" | "time"> & {
    /** It repeats, so `time` is only its first occurrence. */
    isRecurring: boolean;
    /** How; null or left out for what does not repeat, and for what repeats in a way that one rule with exceptions cannot say. */
    recurrence?: StoredRecurrence | null;
    /** IANA zone its wall clock is of; null or left out where the copy names none. */
    timeZone?: string | null;
    /** When it last changed, by the provider's clock; null where it does not say. */
    updatedAt: Date | null;
  };

export type ProviderKind = "caldav" | "google" | "ics" | "fake";

/** What a connection needs to speak to its provider; decrypted, so never log or serialise it. */
export type CaldavCredentials = { serverUrl: string; username: string; password: string };

/** How Google's API is reached for one account. */
export type GoogleAccess = {
  /** Origin of the API, without a trailing slash; another one than Google's in tests and the demo. */
  baseUrl: string;
  /**
   * A token that should work now. `refused`: the one Google did not take, so that it is replaced, once for all who ask.
   * @throws AppError reconnect when access was withdrawn; unavailable
   */
  accessToken(refused?: string): Promise<string>;
};
