const units = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** "1m30s", as the SDK writes durations, in milliseconds; null when it is none. */
export function parseDuration(text: string): number | null {
  const parts = [...text.matchAll(/(\d+)([wdhms])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) return null;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0);
}

export const endOfTime = Date.UTC(9999, 11, 31);

/** When a sleep or a timeout ends: after a duration, or at an ISO instant. */
export function parseDue(text: string): { delayMs: number } | { dueAt: Date } {
  const delayMs = parseDuration(text);
  const dueAt = new Date(delayMs === null ? text : Date.now() + delayMs);
  if (delayMs === null && Number.isNaN(dueAt.getTime()))
    throw new Error(`"${text}" is neither a duration nor an instant`);
  // Later years have no place in ISO 8601, and PostgreSQL and JavaScript write them in two ways.
  if (!(dueAt.getTime() < endOfTime)) throw new Error(`"${text}" never comes`);
  return delayMs === null ? { dueAt } : { delayMs };
}
