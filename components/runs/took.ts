/** How long something took: `12 ms`, `3.4 s`, `5 min 2 s`, `2 h 5 min`, `3 d 4 h`. */
export function tookText(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return pair(seconds, 60, "min", "s");
  if (seconds < 86_400) return pair(Math.round(seconds / 60), 60, "h", "min");
  return pair(Math.round(seconds / 3_600), 24, "d", "h");
}

function pair(total: number, size: number, big: string, small: string): string {
  const rest = total % size;
  return `${Math.floor(total / size)} ${big}${rest > 0 ? ` ${rest} ${small}` : ""}`;
}

export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
