import type { CalEvent } from "./model";

/** Events in the order of the file; one without a UID stands alone. */
export function groupByUid(events: CalEvent[]): CalEvent[][] {
  const groups = new Map<string | CalEvent, CalEvent[]>();
  for (const event of events) {
    const id = event.uid || event;
    const group = groups.get(id);
    if (group) group.push(event);
    else groups.set(id, [event]);
  }
  return [...groups.values()];
}
