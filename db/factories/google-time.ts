import type { InngestFunction } from "inngest";
import { onTestFinished, vi } from "vitest";
import { handleNotification } from "@/lib/channels/notification";
import { deliverTo, startOwnGoogle } from "./google";
import { receiveMessages } from "./google-chaos";
import { startVirtualEngine } from "./virtual-engine";

type Options = Parameters<typeof startOwnGoogle>[0] & { startsAt: Date };

/**
 * A Google of its own whose clock is the only one, and the product at work by it: Google's messages arrive, and the
 * functions run that are due. It ends with the test, whose file plays the clock (`vi.useFakeTimers`) at `startsAt`.
 */
export async function startGoogleTime(functions: readonly InngestFunction.Any[], options: Options) {
  const google = await startOwnGoogle(options);
  const messages = await receiveMessages(async (headers) => {
    vi.setSystemTime(google.admin.now());
    return (await handleNotification(new Headers(headers as Record<string, string>), new Date())).status;
  });
  onTestFinished(() => {
    messages.stop();
    return google.stop();
  });
  await deliverTo(google, messages.origin);
  const engine = startVirtualEngine(functions);
  return {
    google,
    engine,
    /** Time passes at Google and here, with all that is due on the way done at its end. */
    pass: async (milliseconds: number): Promise<void> => {
      await google.admin.advance({ milliseconds });
      vi.setSystemTime(google.admin.now());
      await engine.runDue();
    },
  };
}
