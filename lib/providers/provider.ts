/** The one interface the outside world hides behind. Plain values in and out; nothing here knows the database. */
export interface CalendarProvider {
  listCalendars(): Promise<RemoteCalendar[]>;

  /**
   * Changes since `cursor`, or everything in `window` when it is null. The last page carries the new cursor.
   * `reset` on any page: the cursor was lost and the pages hold the whole calendar, so what they do not
   * name is gone. Ends early only by throwing; what was yielded before must then not be applied.
   * @throws AppError reconnect (credentials refused), not_found (calendar gone), rate_limited or unavailable
   */
  pullChanges(calendarId: string, cursor: string | null, window: SyncWindow): AsyncIterable<ChangePage>;

  /**
   * Creates the event, or replaces `previous`. Repeating a put whose answer was lost makes no second event.
   * @throws AppError conflict when the remote copy is no longer `previous`
   */
  putEvent(calendarId: string, draft: EventDraft, previous?: RemoteRef | undefined): Promise<RemoteRef>;

  /** Already gone is success. @throws AppError conflict when the remote copy is no longer `ref` */
  deleteEvent(calendarId: string, ref: RemoteRef): Promise<void>;
}

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
};

export type ChangePage = {
  reset?: boolean;
  upserts: RemoteEvent[];
  /** Ids of events that are gone. */
  deletions: string[];
  /** Events that exist but could not be understood. Their last known occurrences are kept, never dropped. */
  unreadable: { id: string; reason: string }[];
  /** Only on the last page. Opaque; may be large. */
  cursor?: string;
};

/** One remote object with all its occurrences inside the window (possibly none). */
export type RemoteEvent = {
  /** The provider's id; for CalDAV the object's absolute URL. */
  id: string;
  uid: string;
  etag: string | null;
  occurrences: Occurrence[];
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
  time: OccurrenceTime;
  /** IANA zone the event is shown in where the provider keeps one. */
  timeZone: string;
};

export type RemoteRef = { id: string; etag: string | null };

export type ProviderKind = "caldav" | "fake";

/** What a connection needs to speak to its provider; decrypted, so never log or serialise it. */
export type CaldavCredentials = { serverUrl: string; username: string; password: string };
