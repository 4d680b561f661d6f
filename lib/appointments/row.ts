import { AppError } from "@/lib/errors";
import { endOfSeries } from "@/lib/ical/expand-recurrence";
import { getIanaZone } from "@/lib/ical/iana";
import { toInstant } from "@/lib/ical/zone";
import type { OccurrenceTime } from "@/lib/providers/provider";
import { isRepeating, type Series } from "./series";
import { type AppointmentRow, timeOf } from "./view";

/** What an appointment says, as its row keeps it. */
export function rowOf(series: Series) {
  const { title, description, location, projectId, time, timeZone, recurrence } = series;
  return {
    ...{ title, description, location, projectId, timeZone, recurrence },
    ...columnsOf(time, timeZone),
    // Of one that takes place once the database says it itself.
    ...(isRepeating(series) && { lastEndsAt: endOfSeries(series).endsAt }),
  };
}

/** Days have instants too, those of the appointment's own zone; the database sees to it that they are these. */
export function columnsOf(time: OccurrenceTime, timeZone: string) {
  if (time.kind === "timed")
    return { startsAt: time.startsAt, endsAt: time.endsAt, startDay: null, endDay: null };
  const midnight = (day: string) => new Date(toInstant(getIanaZone(timeZone), Date.parse(day)));
  const { startDay, endDay } = time;
  const [startsAt, endsAt] = [midnight(startDay), midnight(endDay)];
  if (startsAt >= endsAt)
    throw new AppError("invalid", "The clock of this time zone skips that day.", { field: "time.startDay" });
  return { startsAt, endsAt, startDay, endDay };
}

export function seriesOf(row: AppointmentRow): Series {
  const { title, description, location, projectId, timeZone, recurrence } = row;
  return { title, description, location, projectId, time: timeOf(row), timeZone, recurrence };
}
