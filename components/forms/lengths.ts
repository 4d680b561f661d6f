export const units = { minutes: 1, hours: 60, days: 1440 } as const;
export type Unit = keyof typeof units;

/** The largest unit a length is a whole number of. */
export function unitOf(minutes: number): Unit {
  if (minutes === 0) return "hours";
  if (minutes % units.days === 0) return "days";
  return minutes % units.hours === 0 ? "hours" : "minutes";
}
