import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

export type Turns = {
  /** What one turn of the event loop computed at most, in milliseconds, where Linux says so; else as `delay`. */
  longest: number;
  /** What somebody had to wait for a turn at most: on a busy machine for others, too. */
  delay: number;
  /** Bytes that this process had more than at the beginning, at most. */
  growth: number;
};

const everyMs = 5;

/** Watches what the main thread does. Timers run in every turn that is due, so between two of them there is one long one. */
export function watchTurns(): { stop(): Turns } {
  const delays = monitorEventLoopDelay({ resolution: everyMs });
  delays.enable();
  const rss = process.memoryUsage.rss();
  const turns = { longest: 0, growth: 0 };
  let before = cpuOfThread();
  const timer = setInterval(() => {
    const now = cpuOfThread();
    if (now !== null && before !== null) turns.longest = Math.max(turns.longest, now - before);
    turns.growth = Math.max(turns.growth, process.memoryUsage.rss() - rss);
    before = now;
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      delays.disable();
      const delay = delays.max / 1e6;
      return { ...turns, longest: before === null ? delay : turns.longest, delay };
    },
  };
}

function cpuOfThread(): number | null {
  try {
    return Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]) / 1e6;
  } catch {
    return null;
  }
}
