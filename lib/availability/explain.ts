import type { Day } from "@/lib/time";

/** One thing that keeps a start from being free, in a sentence for the host. */
export type Reason = {
  kind:
    | "notice"
    | "window"
    | "daily_limit"
    | "weekly_limit"
    | "daily_minutes_limit"
    | "busy"
    | "buffer"
    | "stale"
    // Of a single time that is no start of the grid.
    | "outside_hours"
    | "off_grid";
  text: string;
};

/** No reasons: it is free. */
export type StartExplanation = { startsAt: Date; endsAt: Date; reasons: Reason[] };

export type OpenHours = { startsAt: Date; endsAt: Date; source: "rule" | "override" };

export type BusyItem = {
  startsAt: Date;
  endsAt: Date;
  kind: "event" | "booking" | "hold" | "move" | "appointment" | "block";
  title: string;
  /** The calendar an event was read from, and when; null for what is our own. */
  calendar: string | null;
  readAt: Date | null;
  isAllDay: boolean;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
};

/** A local day of an event type's schedule, from midnight to midnight in `timeZone`. */
export type DayExplanation = {
  timeZone: string;
  day: Day;
  startsAt: Date;
  endsAt: Date;
  isOverridden: boolean;
  stale: { calendar: string; lastSyncedAt: Date | null } | null;
  windows: OpenHours[];
  busy: BusyItem[];
  /** Every start of the grid on this day. */
  starts: StartExplanation[];
};
