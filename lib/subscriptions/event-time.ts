import { syncedEvents } from "@/db/schema";
import { getIanaZone } from "@/lib/ical/iana";
import { toInstant } from "@/lib/ical/zone";
import type { OccurrenceTime } from "@/lib/providers/provider";

const { startsAt, endsAt, startDay, endDay } = syncedEvents;
export const timeColumns = { startsAt, endsAt, startDay, endDay };

type TimeColumns = {
  startsAt: Date | null;
  endsAt: Date | null;
  startDay: string | null;
  endDay: string | null;
};

/** When a synced event takes place: a table constraint says that it has instants or days. */
export function timeOf({ startsAt, endsAt, startDay, endDay }: TimeColumns): OccurrenceTime {
  if (startsAt && endsAt) return { kind: "timed", startsAt, endsAt };
  return { kind: "allDay", startDay: startDay ?? "", endDay: endDay ?? "" };
}

/** The instants it begins and ends at for somebody in that zone. */
export const startOf = (time: OccurrenceTime, timeZone: string): number =>
  time.kind === "timed" ? time.startsAt.getTime() : midnight(time.startDay, timeZone);
export const endOf = (time: OccurrenceTime, timeZone: string): number =>
  time.kind === "timed" ? time.endsAt.getTime() : midnight(time.endDay, timeZone);

const midnight = (day: string, timeZone: string) => toInstant(getIanaZone(timeZone), Date.parse(day));
