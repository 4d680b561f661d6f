import type { OccurrenceTime, RemoteEvent } from "../provider";
import { pull, type Scene } from "./scene";

export type Row = { title: string; time: OccurrenceTime };

/** Somebody who keeps what stands in a calendar by nothing but what the pulls say, as our rows do. */
export function makeReader({ provider }: Scene, calendarId: string) {
  const events = new Map<string, RemoteEvent>();
  let cursor: string | null = null;

  /** What stands there now, by time. */
  return async function read(): Promise<Row[]> {
    const changes = await pull(provider, calendarId, cursor);
    cursor = changes.cursor;
    if (changes.isReset) events.clear();
    for (const gone of changes.deletions)
      for (const { id, seriesId } of events.values()) if (id === gone || seriesId === gone) events.delete(id);
    for (const event of changes.upserts) events.set(event.id, event);
    return rowsOf([...events.values()]);
  };
}

function rowsOf(events: RemoteEvent[]): Row[] {
  const all = events.flatMap(({ occurrences }) => occurrences);
  return all
    .filter(({ status }) => status !== "cancelled")
    .map(({ title, time }) => ({ title, time }))
    .sort((one, other) => startOf(one) - startOf(other));
}

const startOf = ({ time }: Row) =>
  time.kind === "timed" ? time.startsAt.getTime() : Date.parse(time.startDay);
