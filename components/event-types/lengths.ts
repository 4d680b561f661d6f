export const units = { minutes: 1, hours: 60, days: 1440 } as const;
export type Unit = keyof typeof units;

/** `1440` → `1 day`, `90` → `1 hour 30 minutes`. */
export function lengthText(minutes: number): string {
  if (minutes === 0) return "none";
  const parts: string[] = [];
  let rest = minutes;
  for (const [unit, size] of [
    ["day", 1440],
    ["hour", 60],
    ["minute", 1],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
  }
  return parts.join(" ");
}

/** The largest unit a length is a whole number of. */
export function unitOf(minutes: number): Unit {
  if (minutes === 0) return "hours";
  if (minutes % units.days === 0) return "days";
  return minutes % units.hours === 0 ? "hours" : "minutes";
}
