import { confirmBooking, declineBooking } from "@/lib/booking/confirm";
import { getBookingHost } from "@/lib/booking/host";
import { listConflictCalendars } from "@/lib/sync/due";
import { pullCalendar } from "@/lib/sync/pull";
import { inngest } from "./client";
import { bookingRequested } from "./events";
import { job } from "./job";

/**
 * SPEC A5: reads every conflict calendar afresh, then decides. A calendar that stays unreadable through all
 * retries declines the booking: unreadable is never free.
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
  async ({ event, step }) => {
    const { bookingId } = event.data;
    const calendarIds = await step.run("list-conflict-calendars", () =>
      job(async () => listConflictCalendars(await getBookingHost(bookingId))),
    );
    await Promise.all(
      calendarIds.map((id) => step.run(`pull-${id}`, () => job(() => pullCalendar(id, new Date())))),
    );
    return step.run("decide", () => job(() => confirmBooking(bookingId, new Date())));
  },
);
