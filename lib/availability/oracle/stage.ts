import { Temporal } from "temporal-polyfill";
import { changesOf, changingZones, steadyZones } from "./change-days";
import type { Dice } from "./dice";

/** Where and when a world plays: around `around`, mostly an instant at which the clock of `timeZone` changes. */
export type Stage = { timeZone: string; around: number };

export function randomStage(dice: Dice): Stage {
  const timeZone = randomZone(dice);
  const changes = changesOf(timeZone);
  if (changes.length > 0 && dice.chance(0.9)) {
    const isMissingDay = timeZone === "Pacific/Apia" && dice.chance(0.6);
    const change = isMissingDay ? Temporal.Instant.from("2011-12-30T10:00Z") : dice.pick(changes);
    return { timeZone, around: change.epochMilliseconds };
  }
  const { from, to } = changingZones[timeZone] ?? { from: 2010, to: 2027 };
  return {
    timeZone,
    around: Date.UTC(dice.int(from, to), dice.int(0, 11), dice.int(1, 28), dice.int(0, 23)),
  };
}

export function randomZone(dice: Dice): string {
  return dice.chance(0.85) ? dice.pick(Object.keys(changingZones)) : dice.pick(steadyZones);
}
