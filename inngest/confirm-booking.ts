import { checkBooking } from "@/lib/booking/check";
import { settleUnread } from "@/lib/booking/confirm";
import { inngest } from "./client";
import { bookingRequested } from "./events";
import { job } from "./job";

// A visitor is waiting: a server that asks for an hour's patience is asked again in a minute.
const longestWaitSeconds = 60;

/**
 * SPEC A5, for a new booking and for a move. Reading and deciding are one step, so that every attempt decides on what
 * it read itself. When a calendar stays unreadable through all of them, the host's choice decides.
 */
export const confirmBookingRun = inngest.createFunction(
  {
    id: "confirm-booking",
    retries: 4,
    triggers: [bookingRequested],
    onFailure: async ({ event, step }) => {
      const { bookingId, start } = bookingRequested.schema.parse(event.data.event.data);
      const asked = start ? new Date(start) : undefined;
      await step.run("settle", () => job(() => settleUnread(bookingId, new Date(), asked)));
    },
  },
  async ({ event, step }) =>
    step.run("check", () =>
      job(() => checkBooking(event.data.bookingId, new Date()), { longestWaitSeconds }),
    ),
);
