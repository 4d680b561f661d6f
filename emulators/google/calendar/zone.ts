const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const quarter = 15 * 60_000;

export function isZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What the wall shows at `instant`, as if the wall were in UTC. */
export function toWall(instant: number, zone: string): number {
  return instant + offsetAt(instant, zone);
}

/** A repeated hour means its first pass; a skipped one keeps the offset before the change. */
export function toInstant(wall: number, zone: string): number {
  const before = offsetAt(wall - 86_400_000, zone);
  const first = wall - before;
  if (offsetAt(first, zone) === before) return first;
  const second = wall - offsetAt(first, zone);
  return offsetAt(second, zone) === wall - second ? second : first;
}

/** RFC 3339 with the zone's offset, `Z` for UTC. */
export function formatIn(instant: number, zone: string): string {
  const offset = offsetAt(instant, zone);
  const wall = new Date(instant + offset).toISOString().slice(0, 19);
  if (offset === 0) return `${wall}Z`;
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${wall}${offset < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** Offsets change on quarters of an hour, so one look per quarter is enough. */
function offsetAt(instant: number, zone: string): number {
  const bucket = Math.floor(instant / quarter) * quarter;
  const key = `${zone} ${bucket}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size > 200_000) offsets.clear();
  const offset = lookUp(bucket, zone);
  offsets.set(key, offset);
  return offset;
}

function lookUp(instant: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(zone, made);
  return made;
}
