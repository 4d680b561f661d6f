import { BroadcastChannel, isMainThread } from "node:worker_threads";

// `--import`ed where threads are to be measured: each collects its garbage when it is asked, and says what it still uses.
if (!isMainThread) {
  const asked = new BroadcastChannel("memory-asked");
  const told = new BroadcastChannel("memory-told");
  asked.onmessage = () => {
    globalThis.gc?.();
    told.postMessage(process.memoryUsage().heapUsed);
  };
  asked.unref();
  told.unref();
}
