import { isMainThread } from "node:worker_threads";

// `--import` this where a process runs our TypeScript as it is (tests, benches) and starts threads: they inherit the
// flag, while tsx leaves threads out on Node 20 (its issue 354). The built product needs none of it.
if (!isMainThread) {
  const { register } = await import("tsx/esm/api");
  register();
}
