import type { ChangePage, FeedFacts, Occurrence, RemoteEvent } from "@/lib/providers/provider";
import { eachInTurns } from "./slices";

/** What a pull changes. */
export type ChangePlan = {
  /** By id; also those that have no occurrence in the window. Rows of theirs that they do not name are stale and go. */
  changed: Map<string, RemoteEvent>;
  /** Of events and of whole series. */
  deletedIds: string[];
  /** Our own copies as we wrote them: nothing of what they say is kept. */
  unchangedIds: string[];
  /** Everything there is was listed, so what is named nowhere here is gone. */
  isWhole: boolean;
  unreadable: Record<string, string>;
  cursor: string | null;
  /** Of a feed that is not what it was. */
  feed: FeedFacts | null;
  /** Where a feed is to be read from now on. */
  movedTo: string | null;
};

/**
 * Folds the pages of one pull into what should change. The last word on an event wins. It folds them as they come, so
 * that a long calendar is not gone through in one turn.
 * @param isBaseline the pull asked for everything, so what it does not name is gone
 */
export async function planChanges(
  pages: AsyncIterable<ChangePage> | Iterable<ChangePage>,
  isBaseline: boolean,
  unreadableBefore: Record<string, string>,
): Promise<ChangePlan> {
  const changed = new Map<string, RemoteEvent>();
  const deleted = new Set<string>();
  const unchanged = new Set<string>();
  const unreadable = new Map<string, string>();
  const stillUnreadable = new Map(Object.entries(unreadableBefore));
  const forgetId = (id: string) => {
    changed.delete(id);
    deleted.delete(id);
    unchanged.delete(id);
    unreadable.delete(id);
    stillUnreadable.delete(id);
  };
  let isWhole = isBaseline;
  let last: Pick<ChangePage, "cursor" | "feed" | "movedTo"> = {};
  for await (const page of pages) {
    isWhole ||= page.reset ?? false;
    if (page.cursor !== undefined) last = page;
    forget(changed, page.deletions);
    await eachInTurns(page.deletions, (id) => {
      forgetId(id);
      deleted.add(id);
    });
    await eachInTurns(page.unreadable, ({ id, reason }) => {
      forgetId(id);
      unreadable.set(id, cleanJson(reason));
    });
    for (const id of page.unchanged ?? []) {
      forgetId(id);
      unchanged.add(id);
    }
    for (const event of page.upserts) {
      forgetId(event.id);
      changed.set(event.id, event);
    }
  }
  return {
    changed,
    deletedIds: [...deleted],
    unchangedIds: [...unchanged],
    isWhole,
    unreadable: Object.fromEntries([...(isWhole ? [] : stillUnreadable), ...unreadable]),
    cursor: last.cursor ?? null,
    feed: last.feed ? factsOf(last.feed) : null,
    movedTo: last.movedTo ?? null,
  };
}

/** A deletion names an event, or the series it belongs to. */
function forget(events: Map<string, RemoteEvent>, deletions: string[]): void {
  if (deletions.length === 0) return;
  const gone = new Set(deletions);
  for (const { id, seriesId } of events.values())
    if (gone.has(id) || (seriesId !== undefined && gone.has(seriesId))) events.delete(id);
}

const textLimit = 500;

/** A feed may say anything. */
function factsOf({ skipped, ...facts }: FeedFacts): FeedFacts {
  return {
    ...facts,
    skipped: skipped.map(({ uid, title, reason }) => ({
      uid: cleanJson(uid),
      title: cleanJson(title),
      reason: cleanJson(reason),
    })),
  };
}

/** One row of synced_events, without its calendar. Exactly one of instants and days is set. */
export type EventRow = {
  providerEventId: string;
  occurrenceKey: string;
  uid: string;
  seriesId: string | null;
  etag: string | null;
  title: string;
  startsAt: string | null;
  endsAt: string | null;
  startDay: string | null;
  endDay: string | null;
  status: Occurrence["status"];
  transparency: Occurrence["transparency"];
};

/** A broken object may name one occurrence twice; an upsert may not touch a row twice. The last one counts. */
export function occurrencesOf(event: RemoteEvent): Occurrence[] {
  if (event.occurrences.length < 2) return event.occurrences;
  return [...new Map(event.occurrences.map((occurrence) => [occurrence.key, occurrence])).values()];
}

export function rowOf(event: RemoteEvent, occurrence: Occurrence): EventRow {
  return {
    providerEventId: event.id,
    occurrenceKey: occurrence.key,
    uid: clean(event.uid),
    seriesId: event.seriesId ?? null,
    etag: event.etag,
    title: clean(occurrence.title).slice(0, textLimit),
    ...timeOf(occurrence),
    status: occurrence.status,
    transparency: occurrence.transparency,
  };
}

function timeOf({ time }: Occurrence): Pick<EventRow, "startsAt" | "endsAt" | "startDay" | "endDay"> {
  if (time.kind === "allDay")
    return { startsAt: null, endsAt: null, startDay: time.startDay, endDay: time.endDay };
  return {
    startsAt: time.startsAt.toISOString(),
    endsAt: time.endsAt.toISOString(),
    startDay: null,
    endDay: null,
  };
}

/** PostgreSQL's text has no U+0000. */
export const clean = (text: string) => text.replaceAll("\u0000", "");

/** And its jsonb has no half of a pair that is one character. */
const cleanJson = (text: string) => clean(text.slice(0, textLimit)).replace(/\p{Surrogate}/gu, "\ufffd");
