import { setImmediate as nextTurn } from "node:timers/promises";
import type { FeedSummary } from "@/lib/ical/feed";
import type { ChangePage, SyncWindow } from "@/lib/providers/provider";
import { cursorText, linesOf, parseCursor, type Versions, versionsIn } from "./cursor";
import { digestOf, readPages } from "./read";
import { askForFeed, type Feed } from "./request";

/** Pages of what is not as it was at `since`; a single one with nothing in it, if all is. */
export async function* pullChanges(
  feed: Feed,
  since: string | null,
  window: SyncWindow,
): AsyncGenerator<ChangePage> {
  const cursor = parseCursor(since);
  const { body, validators, movedTo, ...answer } = await askForFeed(feed, cursor);
  const moved = movedTo === null ? {} : { movedTo };
  if (!body) return yield { ...nothing, cursor: since ?? "", ...moved };

  const digest = await digestOf(body);
  if (cursor?.digest === digest) {
    return yield { ...nothing, cursor: cursorText({ ...cursor, ...validators }), ...moved };
  }
  const known = cursor && (await versionsIn(cursor));
  await nextTurn();
  const summary = yield* readPages({ ...answer, body, window, known: known ?? {}, options: feed.options });
  const gone = goneIn(summary, known);
  const events = await linesOf(summary.versions);
  yield {
    ...nothing,
    ...gone,
    // What a cursor of another kind knew is not known: what is not named here is gone.
    ...(known ? {} : { reset: true }),
    cursor: cursorText({ version: 1, ...validators, digest, events }),
    feed: summary.facts,
    ...moved,
  };
}

const nothing = { upserts: [], deletions: [], unreadable: [] };

/**
 * Of an event that could not be used and never was there is no copy to keep; whether one never was, nobody knows when
 * everything is read. What is kept is remembered among `versions`, in none that could come.
 */
function goneIn({ versions, unreadable }: FeedSummary, known: Versions | null) {
  const kept = known ? unreadable.filter(({ id }) => id in known) : unreadable;
  for (const { id } of kept) versions[id] = "";
  const deletions = Object.keys(known ?? {}).filter((id) => !(id in versions));
  return { unreadable: kept, deletions };
}
