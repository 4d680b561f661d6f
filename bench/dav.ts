import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Traffic } from "./dav-server";

type State = { traffic: Traffic; objects: number };

/** A CalDAV server in a process of its own, so that what is measured is ours. */
export async function startDavProcess() {
  const child = fork(fileURLToPath(new URL("./dav-process.ts", import.meta.url)));
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  return {
    /** Of its calendar. */
    url,
    /** What was asked since the last time, and how many objects it holds. */
    take: async (): Promise<State> => {
      const answered = once(child, "message");
      child.send("take");
      const [state] = (await answered) as [State];
      return state;
    },
    stop: () => void child.kill(),
  };
}

export type DavProcess = Awaited<ReturnType<typeof startDavProcess>>;
