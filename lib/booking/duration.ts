import { AppError } from "@/lib/errors";

type Lengths = { durationMinutes: number; otherDurations: number[] };

/** The length a visitor chose, or the one offered first. @throws AppError invalid when it is not offered */
export function chosenDuration(eventType: Lengths, chosen?: number): number {
  if (chosen === undefined) return eventType.durationMinutes;
  if (isOffered(eventType, chosen)) return chosen;
  throw new AppError("invalid", "This length is not offered.", { field: "durationMinutes" });
}

/** The length of a booking at its new time: its own, or the one offered first once its own is offered no more. */
export function durationAfterMove(
  eventType: Lengths,
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
) {
  const own = (endsAt.getTime() - startsAt.getTime()) / 60_000;
  return isOffered(eventType, own) ? own : eventType.durationMinutes;
}

const isOffered = ({ durationMinutes, otherDurations }: Lengths, minutes: number) =>
  minutes === durationMinutes || otherDurations.includes(minutes);
