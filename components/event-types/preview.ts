export type Lengths = { duration: number; interval: number; before: number; after: number };
export type Part = { key: string; kind: "meeting" | "buffer" | "event" | "open"; minutes: number };

const opening = 540;
const tenOClock = 600;
const event = { from: 720, to: 780 };

/** What lengths mean on an example day, in minutes after midnight; null while one of them is missing. */
export function planPreview({ duration, interval, before, after }: Lengths) {
  if (![duration, interval, before, after].every((length) => Number.isFinite(length) && length >= 0))
    return null;
  if (duration === 0 || interval === 0) return null;
  const lastStep = Math.floor((event.from - after - duration - opening) / interval);
  const lastStart = lastStep < 0 ? null : opening + lastStep * interval;
  const firstStart = opening + Math.ceil((event.to + before - opening) / interval) * interval;
  const parts: Part[] = [
    ...(lastStart === null
      ? []
      : ([
          { key: "last", kind: "meeting", minutes: duration },
          { key: "after", kind: "buffer", minutes: after },
          { key: "rest", kind: "open", minutes: event.from - lastStart - duration - after },
        ] as const)),
    { key: "event", kind: "event", minutes: event.to - event.from },
    { key: "wait", kind: "open", minutes: firstStart - before - event.to },
    { key: "before", kind: "buffer", minutes: before },
    { key: "first", kind: "meeting", minutes: duration },
  ];
  return {
    starts: [0, 1, 2].map((step) => opening + step * interval),
    kept: { from: tenOClock - before, to: tenOClock + duration + after },
    lastStart,
    firstStart,
    parts: parts.filter(({ minutes }) => minutes > 0),
  };
}
