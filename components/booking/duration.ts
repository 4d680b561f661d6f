/** `45 minutes`, `1 hour`, `1 h 30 min`. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} minutes`;
  if (rest === 0) return hours === 1 ? "1 hour" : `${hours} hours`;
  return `${hours} h ${rest} min`;
}

/** `15, 30 or 60 minutes`, as they can be chosen. */
export function formatDurations(minutes: number[]): string {
  const hasSameUnit = minutes.every((each) => each < 60 || (each === 60 && minutes.length > 1));
  const words = minutes.map((each) => (hasSameUnit ? String(each) : formatDuration(each)));
  const list = [words.slice(0, -1).join(", "), words.at(-1)].filter(Boolean).join(" or ");
  return hasSameUnit ? `${list} minutes` : list;
}
