import type { ChangePage, Occurrence, RemoteEvent } from "@/lib/providers/provider";

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

/** What a pull changes. Rows of a changed event that `rows` does not name are stale and go. */
export type ChangePlan = {
  rows: EventRow[];
  /** The events `rows` describes, also those that have no occurrence in the window. */
  changed: Pick<RemoteEvent, "id" | "seriesId" | "etag">[];
  /** Of events and of whole series. */
  deletedIds: string[];
  /** Our own copies as we wrote them: nothing of what they say is kept. */
  unchangedIds: string[];
  /** After a reset: every event and series that exists; what is not in it is gone. Null for an incremental pull. */
  existingIds: string[] | null;
  unreadable: Record<string, string>;
  cursor: string | null;
};

const titleLimit = 500;

/**
 * Folds the pages of one pull into what should change. The last word on an event wins.
 * @param isBaseline the pull asked for everything, so what it does not name is gone
 */
export function planChanges(
  pages: ChangePage[],
  isBaseline: boolean,
  unreadableBefore: Record<string, string>,
): ChangePlan {
  const events = new Map<string, RemoteEvent>();
  const deleted = new Set<string>();
  const unchanged = new Set<string>();
  const isReset = isBaseline || pages.some((page) => page.reset);
  const unreadable = new Map(isReset ? [] : Object.entries(unreadableBefore));
  for (const page of pages) {
    forget(events, page.deletions);
    const forgetId = (id: string) => {
      for (const each of [events, deleted, unchanged, unreadable]) each.delete(id);
    };
    for (const id of page.deletions) {
      forgetId(id);
      deleted.add(id);
    }
    for (const { id, reason } of page.unreadable) {
      forgetId(id);
      unreadable.set(id, reason);
    }
    for (const id of page.unchanged ?? []) {
      forgetId(id);
      unchanged.add(id);
    }
    for (const event of page.upserts) {
      forgetId(event.id);
      events.set(event.id, event);
    }
  }
  return {
    rows: [...events.values()].flatMap(rowsOf),
    changed: [...events.values()],
    deletedIds: [...deleted],
    unchangedIds: [...unchanged],
    existingIds: isReset ? [...new Set([...idsOf(events), ...unchanged, ...unreadable.keys()])] : null,
    unreadable: Object.fromEntries(unreadable),
    cursor: pages.findLast((page) => page.cursor !== undefined)?.cursor ?? null,
  };
}

/** With those of the series they belong to. */
const idsOf = (events: Map<string, RemoteEvent>) =>
  [...events.values()].flatMap(({ id, seriesId }) => (seriesId === undefined ? [id] : [id, seriesId]));

/** A deletion names an event, or the series it belongs to. */
function forget(events: Map<string, RemoteEvent>, deletions: string[]): void {
  if (deletions.length === 0) return;
  const gone = new Set(deletions);
  for (const { id, seriesId } of events.values())
    if (gone.has(id) || (seriesId !== undefined && gone.has(seriesId))) events.delete(id);
}

function rowsOf(event: RemoteEvent): EventRow[] {
  const rows = event.occurrences.map((occurrence) => ({
    providerEventId: event.id,
    occurrenceKey: occurrence.key,
    uid: clean(event.uid),
    seriesId: event.seriesId ?? null,
    etag: event.etag,
    title: clean(occurrence.title).slice(0, titleLimit),
    ...timeOf(occurrence),
    status: occurrence.status,
    transparency: occurrence.transparency,
  }));
  // A broken object may name one occurrence twice; an upsert may not touch a row twice.
  return [...new Map(rows.map((row) => [row.occurrenceKey, row])).values()];
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
const clean = (text: string) => text.replaceAll("\u0000", "");
