import { takeDueCalendars, takeDueFeeds } from "@/lib/sync/due";
import { inngest } from "./client";
import { calendarSyncRequested, subscriptionRefreshRequested } from "./events";

/** SPEC B5 and D3: what is due is asked for every minute; how often that is, lib/sync/due says. */
export const pollCalendars = inngest.createFunction(
  { id: "poll-calendars", retries: 3, triggers: [{ cron: "* * * * *" }] },
  async ({ step }) => {
    const due = await step.run("take-due-calendars", () => takeDueCalendars(new Date()));
    if (due.length > 0) {
      const requests = due.map((calendarId) => calendarSyncRequested.create({ calendarId, reason: "poll" }));
      await step.sendEvent("request-syncs", requests);
    }
    const feeds = await step.run("take-due-feeds", () => takeDueFeeds(new Date()));
    if (feeds.length > 0) {
      const requests = feeds.map((calendarId) =>
        subscriptionRefreshRequested.create({ calendarId, reason: "poll" }),
      );
      await step.sendEvent("request-refreshes", requests);
    }
    return { due: due.length, feeds: feeds.length };
  },
);
