import type { CalEvent } from "./model";

/** The events of each UID, in the order of the file. */
export function groupByUid(events: CalEvent[]): CalEvent[][] {
  const groups = new Map<string, CalEvent[]>();
  for (const event of events) {
    const group = groups.get(event.uid);
    if (group) group.push(event);
    else groups.set(event.uid, [event]);
  }
  return [...groups.values()];
}
