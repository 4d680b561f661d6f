import { createHash } from "node:crypto";
import type { FeedFacts, Occurrence, SyncWindow } from "@/lib/providers/provider";
import { readCalendar } from "./read-object";

export type FeedRequest = {
  /** As it came, unpacked. It is handed over: whoever asks does not use it any more. */
  body: Uint8Array;
  contentType: string | null;
  window: SyncWindow;
  /** id → etag of events that need not be returned if they are still the same. */
  known: Record<string, string>;
  maxEvents: number;
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

/**
 * Reads a feed, in a thread of its own: what it holds that is not known yet, in small pages, and at last what is to be
 * said about all of it.
 * @throws AppError invalid when the text as a whole is no calendar or takes too long; unavailable
 */
export async function* readFeed(request: FeedRequest): AsyncGenerator<FeedEvent[], FeedSummary> {
  // For now in this thread.
  const text = new TextDecoder().decode(request.body);
  const read = readCalendar(text, request.window, { characters: 1e9, events: request.maxEvents });
  const versions: Record<string, string> = {};
  const events: FeedEvent[] = [];
  for (const { uid, occurrences } of read.events) {
    const id = idOf(uid);
    const etag = hash(JSON.stringify(occurrences)).slice(0, 16);
    versions[id] = etag;
    const object = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    if (request.known[id] !== etag) events.push({ id, uid, etag, occurrences, object });
  }
  if (events.length > 0) yield events;
  const unreadable = read.unreadable.map(({ uid, reason }) => ({ id: idOf(uid), reason }));
  const skipped = read.unreadable.map((each) => ({ ...each, title: "" }));
  return {
    facts: {
      name: /^X-WR-CALNAME:(.*)$/m.exec(text)?.[1]?.trim() ?? null,
      color: null,
      refreshMinutes: null,
      eventCount: read.events.length,
      skippedCount: skipped.length,
      skipped: skipped.slice(0, 50),
    },
    versions,
    unreadable,
  };
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const idOf = (uid: string) => hash(uid).slice(0, 32);
