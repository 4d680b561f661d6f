import { pushBooking } from "@/lib/mirror/push";
import { inngest } from "./client";
import { bookingCancelled, bookingConfirmed, bookingMoved, bookingUndelivered } from "./events";
import { job } from "./job";

/**
 * Writes a confirmed booking into the host's destination calendar and all it is mirrored into, moves it there, and takes
 * it out again. The sweeps in sweep-bookings and sweep-mirror repair the rest.
 */
export const deliverBooking = inngest.createFunction(
  {
    id: "deliver-booking",
    retries: 8,
    concurrency: { limit: 1, key: "event.data.bookingId" },
    triggers: [bookingConfirmed, bookingMoved, bookingCancelled, bookingUndelivered],
  },
  async ({ event, step }) => {
    await step.run("push", () => job(() => pushBooking(event.data.bookingId, new Date())));
  },
);
