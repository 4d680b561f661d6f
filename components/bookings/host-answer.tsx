"use client";

import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Facts } from "@/components/ui/list";
import type { HostBooking } from "@/lib/booking/list";
import { type Clock, formatDate } from "@/lib/time";
import { AnswerButtons, type Answers } from "./answer-buttons";
import { bookingFacts } from "./booking-facts";
import { BookingStatus, declineReasons, waitReasons } from "./booking-status";
import { timeRange } from "./booking-times";

type Props = Answers & { booking: HostBooking; clock: Clock; now: Date };

/** One booking, and the answer it waits for. The host need not be signed in: the link in their mail is theirs alone. */
export function HostAnswer({ booking, clock, now, accept, decline }: Props) {
  const { title, visitorName, waitsFor, declineReason, movesToStart, startsAt } = booking;
  const asked = movesToStart ?? startsAt;
  const isOpen = waitsFor !== null && asked > now;
  return (
    <Card className="max-md:rounded-none max-md:border-0 max-md:shadow-none">
      <header className="flex flex-col gap-3 px-6 pt-10 pb-7 sm:px-10">
        <BookingStatus {...booking} />
        <h1 className="text-balance font-semibold text-2xl leading-tight">
          {isOpen ? question(booking) : `${title} with ${visitorName}`}
        </h1>
        <p className="text-muted">
          {isOpen ? waitReasons[waitsFor] : "Nothing is left to answer here."}
          {declineReason && ` ${declineReasons[declineReason]}`}
        </p>
      </header>
      <div className="border-line border-y px-6 py-7 sm:px-10">
        <Facts
          items={[
            { name: "What", value: title },
            { name: "Who", value: visitorName },
            {
              name: movesToStart ? "Now" : "When",
              value: (
                <strong className="font-semibold">
                  {formatDate(startsAt, clock)},{" "}
                  <span className="whitespace-nowrap">{timeRange(booking, clock)}</span>
                </strong>
              ),
            },
            ...bookingFacts(booking, clock),
          ]}
        />
      </div>
      <div className="flex flex-wrap gap-3 px-6 py-7 max-sm:*:w-full sm:px-10">
        {isOpen && <AnswerButtons booking={booking} size="lg" accept={accept} decline={decline} />}
        <ButtonLink href="/bookings" size="lg" variant={isOpen ? "quiet" : "secondary"}>
          All bookings
        </ButtonLink>
      </div>
    </Card>
  );
}

const question = ({ title, visitorName, movesToStart }: HostBooking) =>
  movesToStart ? `${visitorName} asks to move “${title}”` : `${visitorName} asks for “${title}”`;
