import type { InngestFunction } from "inngest";
import { confirmBookingRun } from "./confirm-booking";
import { deliverBooking } from "./deliver-booking";
import { deliverMailRun } from "./deliver-mail";
import { disconnectAccount } from "./disconnect-account";
import { expandAppointments } from "./expand-appointments";
import { forgetSyncRuns } from "./forget-sync-runs";
import { pollCalendars } from "./poll-calendars";
import { pullCalendarRun } from "./pull-calendar";
import { pushCalendarRun } from "./push-calendar";
import { reconcileTargetRun } from "./reconcile-target";
import { refreshSubscriptionRun } from "./refresh-subscription";
import { remindBooking } from "./remind-booking";
import { renewChannels } from "./renew-channels";
import { sweepBookings } from "./sweep-bookings";
import { sweepMails } from "./sweep-mails";
import { sweepMirror } from "./sweep-mirror";
import { watchCalendarRun } from "./watch-calendar";

/** Every durable function of the product. The engine refuses to start with one it cannot run. */
export const functions: InngestFunction.Any[] = [
  confirmBookingRun,
  deliverBooking,
  deliverMailRun,
  disconnectAccount,
  expandAppointments,
  forgetSyncRuns,
  pollCalendars,
  pullCalendarRun,
  pushCalendarRun,
  reconcileTargetRun,
  refreshSubscriptionRun,
  remindBooking,
  renewChannels,
  sweepBookings,
  sweepMails,
  sweepMirror,
  watchCalendarRun,
];
