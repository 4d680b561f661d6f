/** The emulator's time. Frozen unless it `runs`; tests move it, and it never goes back. */
export type Clock = {
  now(): number;
  runs: boolean;
  set(now: number): void;
};

export function createClock({ startsAt, runs = false }: { startsAt?: Date; runs?: boolean } = {}): Clock {
  const started = startsAt?.getTime() ?? Date.now();
  let offset = runs ? started - Date.now() : started;
  return {
    runs,
    now: () => (runs ? Date.now() + offset : offset),
    set: (now) => {
      offset = runs ? now - Date.now() : now;
    },
  };
}
