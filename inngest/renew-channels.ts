import { listUnwatched, tidyChannels } from "@/lib/channels/renew";
import { inngest } from "./client";
import { calendarWatchRequested } from "./events";

/** Channels end after a week; those with two days left get a successor (SPEC B4), a batch at a time. */
export const renewChannels = inngest.createFunction(
  { id: "renew-channels", retries: 3, triggers: [{ cron: "*/5 * * * *" }] },
  async ({ step }) => {
    const unwatched = await step.run("look", async () => {
      const now = new Date();
      await tidyChannels(now);
      return listUnwatched(now);
    });
    if (unwatched.length > 0) {
      const requests = unwatched.map((calendarId) => calendarWatchRequested.create({ calendarId }));
      await step.sendEvent("request-watches", requests);
    }
    return { unwatched: unwatched.length };
  },
);
