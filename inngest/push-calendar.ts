import { pushCalendar } from "@/lib/mirror/push-calendar";
import { inngest } from "./client";
import { calendarPushRequested } from "./events";
import { job } from "./job";

/** One push at a time per calendar. What fails for a reason we know is put off, and found by sweep-mirror. */
export const pushCalendarRun = inngest.createFunction(
  {
    id: "push-calendar",
    retries: 2,
    // The second limit leaves workers for bookings while slow servers keep many pushes and pulls waiting.
    concurrency: [{ limit: 1, key: "event.data.calendarId" }, { limit: 6 }],
    triggers: [calendarPushRequested],
  },
  // No step of its own: pushing is all there is to do, it may be repeated, and somebody has just saved something.
  async ({ event }) => job(() => pushCalendar(event.data.calendarId, new Date())),
);
