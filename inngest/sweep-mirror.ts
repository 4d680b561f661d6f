import { listCalendarsToPush } from "@/lib/mirror/sweep";
import { inngest } from "./client";
import { calendarPushRequested } from "./events";

/** What fell through: copies whose push failed or died, and once an hour each calendar that something is bound to. */
export const sweepMirror = inngest.createFunction(
  { id: "sweep-mirror", retries: 3, triggers: [{ cron: "*/5 * * * *" }] },
  async ({ step }) => {
    const waiting = await step.run("look", () => listCalendarsToPush(new Date()));
    if (waiting.length > 0) {
      const requests = waiting.map((calendarId) => calendarPushRequested.create({ calendarId }));
      await step.sendEvent("request-pushes", requests);
    }
    return { waiting: waiting.length };
  },
);
