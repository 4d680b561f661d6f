import { BroadcastChannel } from "node:worker_threads";

/** What is in use after so many cases, in megabytes: here, in the threads that read, and of the machine's memory in all. */
export type Sample = { cases: number; main: number; threads: number; rss: number };

const samples = 5;
const megabyte = 2 ** 20;

/** Takes five samples in the course of so many cases. */
export function createMemory(cases: number) {
  const every = Math.max(1, Math.floor(cases / samples));
  const taken: Sample[] = [];
  let done = 0;
  return {
    async count() {
      done += 1;
      if (done % every === 0 && taken.length < samples) taken.push(await takeSample(done));
    },
    samples: () => taken,
  };
}

/** How much a thousand cases more take, once all that is loaded once is loaded: by the least squares of all but the first. */
export function growthOf(all: Sample[]): Omit<Sample, "cases"> | null {
  const later = all.slice(1);
  if (later.length < samples - 1) return null;
  return { main: slope(later, "main"), threads: slope(later, "threads"), rss: slope(later, "rss") };
}

function slope(all: Sample[], of: "main" | "threads" | "rss"): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(all.map(({ cases }) => cases)), mean(all.map((sample) => sample[of]))];
  const above = all.reduce((sum, sample) => sum + (sample.cases - x) * (sample[of] - y), 0);
  const below = all.reduce((sum, sample) => sum + (sample.cases - x) ** 2, 0);
  return (1000 * above) / below;
}

async function takeSample(cases: number): Promise<Sample> {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    cases,
    main: heapUsed / megabyte,
    threads: (await heapOfThreads()) / megabyte,
    rss: rss / megabyte,
  };
}

/** All that read (lib/ical/feed-threads); each of them answers, by measured-threads.mjs. */
async function heapOfThreads(): Promise<number> {
  const shared = globalThis as { calendsFeedThreads?: { running: Set<unknown> } };
  let missing = shared.calendsFeedThreads?.running.size ?? 0;
  if (missing === 0) return 0;
  const [asked, told] = [new BroadcastChannel("memory-asked"), new BroadcastChannel("memory-told")];
  const sum = await new Promise<number>((resolve) => {
    let total = 0;
    told.onmessage = ({ data }) => {
      total += data as number;
      missing -= 1;
      if (missing === 0) resolve(total);
    };
    asked.postMessage("now");
  });
  asked.close();
  told.close();
  return sum;
}
