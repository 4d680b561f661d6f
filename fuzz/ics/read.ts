import { AppError } from "@/lib/errors";
import { type FeedEvent, type FeedRequest, type FeedSummary, readFeed } from "@/lib/ical/feed";
import { readPages } from "@/lib/ical/feed-pages";
import type { SyncWindow } from "@/lib/providers/provider";
import type { Sent } from "./mutate-octets";

export type Reading = FeedSummary & { events: FeedEvent[] };
export type Answer = { ok: true; reading: Reading } | { ok: false; code: string; sentence: string };
type Asked = { window: SyncWindow; known?: Record<string, string> };
/** All that a feed gives, or why it gives nothing. Throws whatever is no AppError. */
export type Read = (sent: Sent, asked: Asked) => Promise<Answer>;

/** Long enough for a machine that does other things as well. */
const deadlineMs = 20_000;

/** In a thread, as it is done. */
export const readThere: Read = (sent, asked) =>
  answerOf(async () => {
    const events: FeedEvent[] = [];
    const pages = readFeed({ ...requestOf(sent, asked), deadlineMs });
    for (;;) {
      const next = await pages.next();
      if (next.done) return { ...next.value, events };
      events.push(...next.value);
    }
  });

/** In this thread. */
export const readHere: Read = (sent, asked) =>
  answerOf(async () => {
    const read = { events: [] as FeedEvent[], versions: {}, unreadable: [] as FeedSummary["unreadable"] };
    const pages = readPages(requestOf(sent, asked));
    for (;;) {
      const next = pages.next();
      if (next.done) return { ...read, facts: next.value };
      read.events.push(...next.value.events);
      read.unreadable.push(...next.value.unreadable);
      Object.assign(read.versions, next.value.versions);
    }
  });

function requestOf({ body, contentType }: Sent, { window, known = {} }: Asked): FeedRequest {
  // What is handed over is gone.
  return { body: Uint8Array.from(body), contentType, window, known, maxEvents: 20_000 };
}

async function answerOf(read: () => Promise<Reading>): Promise<Answer> {
  try {
    return { ok: true, reading: await read() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, code: error.code, sentence: error.message };
  }
}
