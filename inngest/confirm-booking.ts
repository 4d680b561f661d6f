import { checkBooking } from "@/lib/booking/check";
import { declineBooking } from "@/lib/booking/confirm";
import { inngest } from "./client";
import { bookingRequested } from "./events";
import { job } from "./job";

// A visitor is waiting: a server that asks for an hour's patience is asked again in a minute.
const longestWaitSeconds = 60;

/**
 * SPEC A5. Reading and deciding are one step, so that every attempt decides on what it read itself. A calendar
 * that stays unreadable through all of them declines the booking: unreadable is never free.
 */
export const confirmBookingRun = inngest.createFunction(
  {
    id: "confirm-booking",
    retries: 4,
    triggers: [bookingRequested],
    onFailure: async ({ event, step }) => {
      const { bookingId } = bookingRequested.schema.parse(event.data.event.data);
      await step.run("decline", () => job(() => declineBooking(bookingId, new Date())));
    },
  },
  async ({ event, step }) =>
    step.run("check", () =>
      job(() => checkBooking(event.data.bookingId, new Date()), { longestWaitSeconds }),
    ),
);
