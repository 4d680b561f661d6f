import type { BookingPage } from "@/lib/booking/public";

type Lengths = Pick<BookingPage["eventType"], "durationMinutes" | "otherDurations">;

/** Every length that can be booked, the shortest first. */
export function durationsOf({ durationMinutes, otherDurations }: Lengths): number[] {
  return [...new Set([durationMinutes, ...otherDurations])].sort((a, b) => a - b);
}

/** The length asked for where it is offered, else the one offered first. */
export function durationFor(eventType: Lengths, asked: number | null): number {
  return asked && durationsOf(eventType).includes(asked) ? asked : eventType.durationMinutes;
}
