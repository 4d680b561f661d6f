import { pullCalendar } from "@/lib/sync/pull";
import { inngest } from "./client";
import { calendarSyncRequested } from "./events";
import { job } from "./job";

/** One pull at a time per calendar; a failed one is tried again twice, then the next poll takes over. */
export const pullCalendarRun = inngest.createFunction(
  {
    id: "pull-calendar",
    retries: 2,
    // The second limit leaves workers for bookings while slow servers keep many pulls waiting.
    concurrency: [{ limit: 1, key: "event.data.calendarId" }, { limit: 10 }],
    triggers: [calendarSyncRequested],
  },
  // No step of its own: reading is all there is to do, it may be repeated, and a notification is in a hurry.
  async ({ event }) => job(() => pullCalendar(event.data.calendarId, new Date())),
);
