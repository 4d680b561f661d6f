import type { Settings } from "../settings";
import type { Calendar, GoogleEvent } from "../state";
import { type Single, singlesOf } from "./singles";
import { current, seriesOf, versionAt } from "./store";
import type { Window } from "./time";

type Asked = { singleEvents: boolean; window: Window; deletedSeries: Settings["deletedSeries"] };

/** What an incremental listing tells after `seq` changes. Costs what changed, however large the calendar. */
export function changesSince(calendar: Calendar, seq: number, asked: Asked): GoogleEvent[] {
  const ids = [...new Set(calendar.changes.slice(seq))];
  if (!asked.singleEvents) return ids.flatMap((id) => current(calendar, id) ?? []);
  const series = [...new Set(ids.map((id) => seriesOf(calendar, id)))];
  return series.flatMap((id) => difference(calendar, id, { ...asked, seq }));
}

function difference(calendar: Calendar, id: string, asked: Asked & { seq: number }): GoogleEvent[] {
  const before = singlesOf(calendar, id, { window: asked.window, seq: asked.seq });
  const after = singlesOf(calendar, id, { window: asked.window });
  const told = [...after.values()].filter((single) => single.seq > asked.seq).map((single) => single.event);
  const lost = [...before.values()].filter((single) => !after.has(single.event.id));
  return [...told, ...goneOnes(calendar, id, { ...asked, lost })];
}

function goneOnes(
  calendar: Calendar,
  id: string,
  asked: Asked & { seq: number; lost: Single[] },
): GoogleEvent[] {
  const event = current(calendar, id);
  const stones = asked.lost.map((single) => stone(calendar, single.event));
  if (event?.status !== "cancelled") return stones;
  const wasKnown = versionAt(calendar, id, asked.seq) !== null;
  // Made and deleted between two looks: Google tells of the deletion all the same.
  if (!event.recurrence) {
    if (wasKnown && stones.length === 0) return [];
    return [...stones.filter((other) => other.id !== id), event];
  }
  if (asked.deletedSeries === "instances") return stones;
  return asked.deletedSeries === "master" ? [event] : [...stones, event];
}

function stone(calendar: Calendar, was: GoogleEvent): GoogleEvent {
  const now = current(calendar, was.id);
  return { ...was, etag: now?.etag ?? was.etag, status: "cancelled" };
}
