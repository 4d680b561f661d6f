import { minuteMs } from "./clock";
import type { Dice } from "./dice";
import type { Stage } from "./stage";

/** A short time within `days` of the change, now and then off the full minute. */
export function randomPlace(dice: Dice, { around }: Stage, days: number): { startsAt: Date; endsAt: Date } {
  const nearest = dice.chance(0.3) ? 240 : days * 1440;
  const seconds = dice.chance(0.1) ? dice.int(1, 59) : 0;
  const start = around + (dice.int(-nearest, nearest, 5) * 60 + seconds) * 1000;
  const length = dice.pick([15, 20, 30, 30, 45, 60, 90, 180]) * minuteMs;
  return { startsAt: new Date(start), endsAt: new Date(start + length) };
}
