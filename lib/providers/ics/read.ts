import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import { type FeedSummary, readFeed } from "@/lib/ical/feed";
import type { ProviderOptions } from "@/lib/providers/options";
import type { ChangePage, SyncWindow } from "@/lib/providers/provider";
import type { Versions } from "./cursor";

export type Reading = {
  body: Uint8Array;
  contentType: string | null;
  host: string;
  known: Versions;
  window: SyncWindow;
  options: ProviderOptions;
};

const defaultMaxEvents = 100_000;
const sliceBytes = 8_000_000;
// A small feed that takes longer is meant to; a large one does so wherever processors are busy.
const [leastReadingMs, readingMsPerByte] = [30_000, 0.002];

/** Pages of what is not known; the body is used up. @throws AppError that says what `host` sent instead of a calendar */
export async function* readPages({
  host,
  options,
  ...asked
}: Reading): AsyncGenerator<ChangePage, FeedSummary> {
  const maxEvents = options.feedLimits?.maxEvents ?? defaultMaxEvents;
  const deadlineMs = leastReadingMs + asked.body.length * readingMsPerByte;
  const end: { summary: FeedSummary | null } = { summary: null };
  const pages = async function* () {
    end.summary = yield* readFeed({ ...asked, maxEvents, deadlineMs });
  };
  try {
    // Whoever stops halfway ends the reading, too.
    for await (const upserts of pages()) yield { upserts, deletions: [], unreadable: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid") throw error;
    throw new AppError("invalid", `What ${host} sent cannot be used. ${error.message}`);
  }
  if (!end.summary) throw new Error("A feed was read and nothing was said about it.");
  return end.summary;
}

/** In turns, since a limit may be so high that one would take too long. */
export async function digestOf(body: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let at = 0; at < body.length; at += sliceBytes) {
    hash.update(body.subarray(at, at + sliceBytes));
    if (at + sliceBytes < body.length) await nextTurn();
  }
  return hash.digest("base64");
}
