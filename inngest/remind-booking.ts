import { listReminders, remind } from "@/lib/booking/remind";
import { inngest } from "./client";
import { bookingCancelled, bookingConfirmed, bookingMoved } from "./events";
import { job } from "./job";

/**
 * Sleeps until each reminder of a booking is due. A move, or the same event again, starts a new run in place of
 * the one that sleeps; a cancellation ends it. Each reminder looks at the booking once more before it is sent.
 */
export const remindBooking = inngest.createFunction(
  {
    id: "remind-booking",
    retries: 8,
    singleton: { key: "event.data.bookingId", mode: "cancel" },
    cancelOn: [{ event: bookingCancelled, match: "data.bookingId" }],
    triggers: [bookingConfirmed, bookingMoved],
  },
  async ({ event, step }) => {
    const { bookingId } = event.data;
    const reminders = await step.run("plan", () => job(() => listReminders(bookingId, new Date())));
    for (const { minutes, startsAt, dueAt } of reminders) {
      await step.sleepUntil(`until-${minutes}-minutes-before`, dueAt);
      await step.run(`remind-${minutes}`, () =>
        job(() => remind(bookingId, { minutes, startsAt: new Date(startsAt) }, new Date())),
      );
    }
    return { reminders: reminders.length };
  },
);
