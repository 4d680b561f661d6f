import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Large } from "./ics-process";

/** A web server with feeds in a process of its own, so that what is measured is ours. */
export async function startFeedServer() {
  const child = fork(fileURLToPath(new URL("./ics-process.ts", import.meta.url)));
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  return {
    large: `${url}/large.ics`,
    small: (n: number) => `${url}/small/${n}.ics`,
    /** Makes the large one be that. */
    offer: async (large: Large): Promise<void> => {
      const made = once(child, "message");
      child.send(large);
      await made;
    },
    stop: () => void child.kill(),
  };
}

export type FeedServer = Awaited<ReturnType<typeof startFeedServer>>;
