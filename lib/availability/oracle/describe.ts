import type { Mismatch } from "./check";
import { localOf } from "./clock";

/** What a person needs to see and repeat a mismatch: seed and number, the difference, the smallest world that has it. */
export function describeMismatch(
  { index, world, onlyOracle, onlyDatabase }: Mismatch,
  { seed, first }: { seed: number; first: number },
): string {
  const zone = world.schedule.timeZone ?? world.host.timeZone;
  const show = (slots: string[]) =>
    slots.slice(0, 8).map((slot) => {
      const [start = "", end = ""] = slot.split("/");
      return `${slot} (${localOf(Date.parse(start), zone)} to ${localOf(Date.parse(end), zone)})`;
    });
  return [
    `Seed ${seed}, case ${first + index}, ${zone}.`,
    `Only the oracle offers (${onlyOracle.length}):`,
    ...show(onlyOracle),
    `Only the database offers (${onlyDatabase.length}):`,
    ...show(onlyDatabase),
    "In this world:",
    ...Object.entries(world).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
  ].join("\n");
}
