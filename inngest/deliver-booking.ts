import { pushBooking } from "@/lib/mirror/push";
import { inngest } from "./client";
import { bookingConfirmed } from "./events";
import { job } from "./job";

/** Writes a confirmed booking into the host's destination calendar. The sweep in poll-calendars repairs the rest. */
export const deliverBooking = inngest.createFunction(
  {
    id: "deliver-booking",
    retries: 8,
    concurrency: { limit: 1, key: "event.data.bookingId" },
    triggers: [bookingConfirmed],
  },
  async ({ event, step }) => {
    await step.run("push", () => job(() => pushBooking(event.data.bookingId, new Date())));
  },
);
