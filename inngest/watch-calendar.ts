import { watchCalendar } from "@/lib/channels/watch";
import { inngest } from "./client";
import { calendarWatchRequested } from "./events";
import { job } from "./job";

/** Opens, replaces and stops the push channels of a calendar; what fails for good, renew-channels asks for again. */
export const watchCalendarRun = inngest.createFunction(
  {
    id: "watch-calendar",
    retries: 3,
    // The second limit leaves workers for pulls when many fall due together.
    concurrency: [{ limit: 1, key: "event.data.calendarId" }, { limit: 4 }],
    triggers: [calendarWatchRequested],
  },
  async ({ event, step }) =>
    step.run("watch", () => job(() => watchCalendar(event.data.calendarId, new Date()))),
);
