import { ChevronRight } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Facts } from "@/components/ui/list";
import type { HostBooking } from "@/lib/booking/list";
import type { Clock } from "@/lib/time";
import { BookingActions, type BookingVerbs } from "./booking-actions";
import { bookingFacts } from "./booking-facts";
import { BookingStatus, declineReasons, waitReasons } from "./booking-status";
import { timeRange } from "./booking-times";

type Props = {
  booking: HostBooking;
  /** Where no heading says it; the row is then open from the start. */
  day?: string;
  clock: Clock;
  now: Date;
  verbs: BookingVerbs;
};

/** One booking, which opens to what the visitor said and what can be done. */
export function BookingRow({ booking, day, clock, now, verbs }: Props) {
  const { visitorName, title, status, declineReason, waitsFor } = booking;
  const isOff = status === "declined" || status === "cancelled";
  return (
    <li>
      <details className="group" open={day !== undefined}>
        <summary className="flex list-none flex-wrap items-center gap-x-5 gap-y-2 px-5 py-4 transition-colors hover:bg-sunken focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
          <span
            className={`w-32 shrink-0 text-[0.9375rem] tabular-nums ${isOff ? "text-muted line-through" : "font-medium"}`}
          >
            {day && <span className="block">{day}</span>}
            {timeRange(booking, clock)}
          </span>
          <span className="flex min-w-0 flex-1 basis-48 items-center gap-3 max-sm:order-last max-sm:basis-full">
            <Avatar name={visitorName} className="size-9 text-sm max-sm:hidden" />
            <span className="flex min-w-0 flex-col">
              <span className="truncate font-medium text-[0.9375rem]">{visitorName}</span>
              <span className="truncate text-muted text-sm">{title}</span>
            </span>
          </span>
          <span className="ms-auto">
            <BookingStatus {...booking} />
          </span>
          <ChevronRight
            aria-hidden="true"
            className="size-4 text-muted transition-transform group-open:rotate-90 max-sm:hidden"
          />
        </summary>
        <div className="flex flex-col gap-4 border-line border-t bg-sunken/40 px-5 py-5 sm:pl-42">
          {waitsFor && <p className="text-sm">{waitReasons[waitsFor]}</p>}
          {declineReason && <p className="text-sm">{declineReasons[declineReason]}</p>}
          <Facts items={bookingFacts(booking, clock)} className="text-[0.9375rem]" />
          <BookingActions booking={booking} verbs={verbs} now={now} />
        </div>
      </details>
    </li>
  );
}
