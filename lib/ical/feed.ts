import { AppError } from "@/lib/errors";
import type { FeedFacts, Occurrence, SyncWindow } from "@/lib/providers/provider";
import { ask, giveBack, takeThread, tell } from "./feed-threads";
import type { Asked } from "./feed-worker";

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

const longestReadingMs = 30_000;

/**
 * Reads a feed, in a thread of its own: what it holds that is not known yet, in small pages, and at last what is to be
 * said about all of it.
 * @throws AppError invalid when the text as a whole is no calendar or takes too long; unavailable
 */
export async function* readFeed({
  deadlineMs = longestReadingMs,
  ...request
}: FeedRequest): AsyncGenerator<FeedEvent[], FeedSummary> {
  const thread = await takeThread();
  const versions: FeedSummary["versions"] = {};
  const unreadable: FeedSummary["unreadable"] = [];
  let leftMs = deadlineMs;
  const next = async (asked: Asked) => {
    const began = performance.now();
    const answered = await ask(thread, asked, leftMs);
    // What is done with a page meanwhile takes nothing of it.
    leftMs -= performance.now() - began;
    return answered;
  };
  try {
    let answered = await next({ kind: "read", request });
    while (answered.kind === "page") {
      const { page } = answered;
      Object.assign(versions, page.versions);
      for (const event of page.unreadable) unreadable.push(event);
      if (page.events.length > 0) yield page.events;
      answered = await next({ kind: "next" });
    }
    if (answered.kind === "refused") throw new AppError(answered.code, answered.sentence);
    return { facts: answered.facts, versions, unreadable };
  } finally {
    tell(thread, { kind: "leave" });
    giveBack(thread);
  }
}
