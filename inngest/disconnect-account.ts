import { giveUpLettingGo, letGo, stopLeftChannels } from "@/lib/connections/let-go";
import { inngest } from "./client";
import { connectionDisconnected } from "./events";
import { job } from "./job";

/** Takes back what a provider keeps for an account its host let go of. With these retries it may be away for most of a day. */
export const disconnectAccount = inngest.createFunction(
  {
    id: "disconnect-account",
    retries: 16,
    concurrency: [{ limit: 1, key: "event.data.connectionId" }, { limit: 3 }],
    triggers: [connectionDisconnected],
    onFailure: async ({ event, step }) => {
      const { connectionId } = connectionDisconnected.schema.parse(event.data.event.data);
      await step.run("give-up", () => job(() => giveUpLettingGo(connectionId)));
    },
  },
  async ({ event, step }) => {
    const { connectionId } = event.data;
    await step.run("stop-channels", () => job(() => stopLeftChannels(connectionId)));
    await step.run("give-back", () => job(() => letGo(connectionId)));
  },
);
