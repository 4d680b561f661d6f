import { AppError } from "@/lib/errors";
import { type FeedEvent, type FeedSummary, readFeed } from "@/lib/ical/feed";
import type { SyncWindow } from "@/lib/providers/provider";
import type { Sent } from "./mutate-octets";

export type Reading = FeedSummary & { events: FeedEvent[] };
export type Answer = { ok: true; reading: Reading } | { ok: false; code: string; sentence: string };

/** Long enough for a machine that does other things as well. */
export const deadlineMs = 20_000;
export const maxEvents = 20_000;

type Asked = { window: SyncWindow; known?: Record<string, string> };

/** All that a feed gives, or why it gives nothing. @throws whatever is no AppError */
export async function readAll({ body, contentType }: Sent, { window, known = {} }: Asked): Promise<Answer> {
  // What is handed over is gone.
  const copy = Uint8Array.from(body);
  const pages = readFeed({ body: copy, contentType, window, known, maxEvents, deadlineMs });
  const events: FeedEvent[] = [];
  try {
    for (;;) {
      const next = await pages.next();
      if (next.done) return { ok: true, reading: { ...next.value, events } };
      events.push(...next.value);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, code: error.code, sentence: error.message };
  }
}
