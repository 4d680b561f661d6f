import type { Logger } from "inngest";

export type Repeated = { wake(): void; stop(): Promise<void> };

/**
 * Does something when woken and again after every pause: a short one when it threw or answered false. Woken while
 * it works, it works once more.
 */
export function repeat(
  work: () => Promise<boolean>,
  { pauseMs, retryMs = 5_000, log }: { pauseMs: number; retryMs?: number; log: Pick<Logger, "error"> },
): Repeated {
  let isWanted = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  function wake(): void {
    isWanted = true;
    if (isStopped) return;
    running ??= run().finally(() => {
      running = undefined;
      if (isWanted) wake();
    });
  }
  async function run(): Promise<void> {
    clearTimeout(timer);
    isWanted = false;
    const isDone = await work().catch((error) => {
      log.error({ err: error }, "Something between us and the Inngest server failed; it is tried again.");
      return false;
    });
    if (!isStopped) timer = setTimeout(wake, isDone ? pauseMs : retryMs);
  }
  return {
    wake,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
