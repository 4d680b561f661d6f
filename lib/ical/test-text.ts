import type { SyncWindow } from "@/lib/providers/provider";
import { createBudget, shareOf } from "./budget";
import { expandEvents } from "./expand";
import { groupByUid } from "./group";
import { formatNaive } from "./naive";
import { parseCalendar } from "./parse";

/** What the tests write their calendars with. */
export function calendar(...blocks: string[]): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", ...blocks, "END:VCALENDAR", ""].join("\r\n");
}

export function event(...lines: string[]): string {
  return [
    "BEGIN:VEVENT",
    ...(lines.some((line) => line.startsWith("UID")) ? [] : ["UID:1"]),
    ...lines,
    "END:VEVENT",
  ].join("\r\n");
}

export function windowOf(start: string, end: string, timeZone = "UTC"): SyncWindow {
  return { start: new Date(start), end: new Date(end), timeZone };
}

/** "start/end" of every occurrence: days, floating times without Z, instants with it. */
export function spans(text: string, window: SyncWindow): string[] {
  const { events, unreadable } = parseCalendar(text);
  if (unreadable[0]) throw new Error(unreadable[0].reason);
  const budget = createBudget();
  return groupByUid(events)
    .flatMap((group) => expandEvents(group, window, shareOf(budget)))
    .map(({ time }) => {
      if (time.kind === "allDay") return `${time.startDay}/${time.endDay}`;
      if (time.kind === "floating") return `${short(time.start)}/${short(time.end)}`;
      return `${short(time.startsAt.getTime())}Z/${short(time.endsAt.getTime())}Z`;
    });
}

export function starts(text: string, window: SyncWindow): string[] {
  return spans(text, window).map((span) => span.split("/")[0] ?? "");
}

/** Seconds only where there are any. */
function short(naive: number): string {
  return formatNaive(naive).replace(/:00$/, "");
}
