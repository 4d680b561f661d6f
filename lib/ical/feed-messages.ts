import type { ErrorCode } from "@/lib/errors";
import type { FeedFacts, Occurrence, SyncWindow } from "@/lib/providers/provider";

export type FeedRequest = {
  /** As it came, unpacked. It is handed over: whoever asks does not use it any more. */
  body: Uint8Array;
  contentType: string | null;
  window: SyncWindow;
  /** id → etag of events that need not be returned if they are still the same. */
  known: Record<string, string>;
  maxEvents: number;
  /** Of all events together in the window; half a million where it is left out. */
  maxOccurrences?: number;
  /** For the whole reading; 30 seconds where it is left out. */
  deadlineMs?: number;
};

/** All components of one UID, with its occurrences in the window. */
export type FeedEvent = {
  /** The start of the UID's hash. */
  id: string;
  uid: string;
  /** A hash of what the event means: without DTSTAMP, and with the time zones it names. */
  etag: string;
  occurrences: Occurrence[];
  /** It whole, as iCalendar. */
  object: string;
};

export type FeedSummary = {
  facts: FeedFacts;
  /** id → etag of every event in the feed that could be used, returned or known. */
  versions: Record<string, string>;
  /** Events of which nothing could be used. */
  unreadable: { id: string; reason: string }[];
};

/** A part of what was read, small enough for a thread that has other things to do. */
export type FeedPage = Omit<FeedSummary, "facts"> & { events: FeedEvent[] };

/** To the thread that reads (lib/ical/feed-worker). */
export type Asked =
  /** Some of what is known in the feed to be read; not answered. */
  | { kind: "know"; known: [id: string, etag: string][] }
  | { kind: "read"; request: Omit<FeedRequest, "deadlineMs" | "known"> }
  | { kind: "next" }
  /** Nobody wants the rest; not answered. */
  | { kind: "leave" };

/** From it. */
export type Answered =
  | { kind: "page"; page: FeedPage }
  | { kind: "end"; facts: FeedFacts }
  | { kind: "refused"; code: ErrorCode; sentence: string };
