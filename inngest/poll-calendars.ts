import { listUndelivered } from "@/lib/mirror/undelivered";
import { listDueCalendars } from "@/lib/sync/due";
import { inngest } from "./client";
import { bookingConfirmed, calendarSyncRequested } from "./events";

/** SPEC B5: every five minutes, whatever push promises. */
export const pollCalendars = inngest.createFunction(
  { id: "poll-calendars", retries: 0, triggers: [{ cron: "*/5 * * * *" }] },
  async ({ step }) => {
    const due = await step.run("list-due-calendars", () => listDueCalendars(new Date()));
    if (due.length > 0) {
      await step.sendEvent(
        "request-syncs",
        due.map((calendarId) => calendarSyncRequested.create({ calendarId, reason: "poll" })),
      );
    }
    const undelivered = await step.run("list-undelivered", () => listUndelivered(new Date()));
    if (undelivered.length > 0) {
      await step.sendEvent(
        "deliver-again",
        undelivered.map((bookingId) => bookingConfirmed.create({ bookingId })),
      );
    }
    return { due: due.length, undelivered: undelivered.length };
  },
);
