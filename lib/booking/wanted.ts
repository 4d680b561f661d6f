import type { BookingRow } from "./lock";

/** A time asked for and not decided yet: the booking itself, or where a confirmed one is to move. */
export type Wanted = { kind: "booking" | "move"; startsAt: Date; endsAt: Date };
type Times = Pick<BookingRow, "status" | "startsAt" | "endsAt" | "movesToStart" | "movesToEnd">;

/** Null once everything about the booking is decided. */
export function findWanted({ status, startsAt, endsAt, movesToStart, movesToEnd }: Times): Wanted | null {
  if (status === "pending") return { kind: "booking", startsAt, endsAt };
  if (movesToStart && movesToEnd) return { kind: "move", startsAt: movesToStart, endsAt: movesToEnd };
  return null;
}
