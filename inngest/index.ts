import type { InngestFunction } from "inngest";
import { confirmBookingRun } from "./confirm-booking";
import { deliverBooking } from "./deliver-booking";
import { pollCalendars } from "./poll-calendars";
import { pullCalendarRun } from "./pull-calendar";
import { sweepBookings } from "./sweep-bookings";

/** Every durable function of the product. The engine refuses to start with one it cannot run. */
export const functions: InngestFunction.Any[] = [
  confirmBookingRun,
  deliverBooking,
  pollCalendars,
  pullCalendarRun,
  sweepBookings,
];
