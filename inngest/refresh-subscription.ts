import { refreshFeed } from "@/lib/sync/refresh-feed";
import { inngest } from "./client";
import { subscriptionRefreshRequested } from "./events";

/**
 * One refresh at a time per feed. Not tried again by itself: when a feed that failed is read again is noted on it, and
 * each try would count as a failure of its own.
 */
export const refreshSubscriptionRun = inngest.createFunction(
  {
    id: "refresh-subscription",
    retries: 0,
    // Few at once: servers of feeds are slow, and calendars and bookings are not to wait for them.
    concurrency: [{ limit: 1, key: "event.data.calendarId" }, { limit: 6 }],
    triggers: [subscriptionRefreshRequested],
  },
  async ({ event }) => refreshFeed(event.data.calendarId, new Date()),
);
