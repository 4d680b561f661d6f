import type { InngestFunction } from "inngest";
import { confirmBookingRun } from "./confirm-booking";
import { deliverBooking } from "./deliver-booking";
import { deliverMailRun } from "./deliver-mail";
import { disconnectAccount } from "./disconnect-account";
import { pollCalendars } from "./poll-calendars";
import { pullCalendarRun } from "./pull-calendar";
import { remindBooking } from "./remind-booking";
import { sweepBookings } from "./sweep-bookings";
import { sweepMails } from "./sweep-mails";

/** Every durable function of the product. The engine refuses to start with one it cannot run. */
export const functions: InngestFunction.Any[] = [
  confirmBookingRun,
  deliverBooking,
  deliverMailRun,
  disconnectAccount,
  pollCalendars,
  pullCalendarRun,
  remindBooking,
  sweepBookings,
  sweepMails,
];
