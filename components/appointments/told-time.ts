import type { StoredTime } from "@/lib/providers/recurrence";

/** A time as our API tells it. */
export type ToldTime =
  | { kind: "timed"; starts_at: string; ends_at: string }
  | { kind: "all_day"; start_day: string; end_day: string };

export const timeOfTold = (time: ToldTime): StoredTime =>
  time.kind === "timed"
    ? { kind: "timed", startsAt: time.starts_at, endsAt: time.ends_at }
    : { kind: "allDay", startDay: time.start_day, endDay: time.end_day };
