import { takeDueCalendars } from "@/lib/sync/due";
import { inngest } from "./client";
import { calendarSyncRequested } from "./events";

/** SPEC B5: what is due is asked for every minute; how often that is, lib/sync/due says. */
export const pollCalendars = inngest.createFunction(
  { id: "poll-calendars", retries: 3, triggers: [{ cron: "* * * * *" }] },
  async ({ step }) => {
    const due = await step.run("take-due-calendars", () => takeDueCalendars(new Date()));
    if (due.length > 0) {
      const requests = due.map((calendarId) => calendarSyncRequested.create({ calendarId, reason: "poll" }));
      await step.sendEvent("request-syncs", requests);
    }
    return { due: due.length };
  },
);
