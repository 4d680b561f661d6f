import clsx from "clsx";
import type { ReactNode } from "react";
import type { Clock } from "@/lib/time";
import { type BookingView, isActive } from "./booking-view";
import { BookingWhen } from "./booking-when";
import { bookingWhere } from "./booking-where";

/** When and where, by the visitor's clock; the host's too when it shows something else. */
export function OutcomeFacts({ booking, clock }: { booking: BookingView; clock: Clock }) {
  const { host, visitor, event_type, moves_to } = booking;
  const other = { name: host.name, timeZone: host.time_zone };
  const where = bookingWhere(event_type, { hostName: host.name, phone: visitor.phone });
  return (
    <dl className="mx-6 flex flex-col gap-5 border-line border-y py-7 sm:mx-10">
      <Fact name="What">
        {event_type.title} with {host.name}
      </Fact>
      <Fact name={moves_to ? "Now" : "When"}>
        <BookingWhen times={booking} clock={clock} other={other} isOff={!isActive(booking)} />
      </Fact>
      {moves_to && (
        <Fact name="New time">
          <BookingWhen times={moves_to} clock={clock} other={other} />
        </Fact>
      )}
      {where && isActive(booking) && <Fact name="Where">{where}</Fact>}
      <Fact name="Who">
        {visitor.name}
        <span className="block text-muted text-sm">{visitor.email}</span>
      </Fact>
      {visitor.answers.map(({ label, answer }) => (
        <Fact key={label} name={label} isQuestion>
          <span className="whitespace-pre-line">{answer}</span>
        </Fact>
      ))}
      {visitor.note && (
        <Fact name="Note">
          <span className="whitespace-pre-line">{visitor.note}</span>
        </Fact>
      )}
      {booking.reason && !isActive(booking) && (
        <Fact name="Reason">
          <span className="whitespace-pre-line">{booking.reason}</span>
        </Fact>
      )}
    </dl>
  );
}

type FactProps = {
  name: string;
  /** Too long a name to stand beside its value. */
  isQuestion?: boolean;
  children: ReactNode;
};

export function Fact({ name, isQuestion = false, children }: FactProps) {
  return (
    <div className={clsx("grid gap-x-4 gap-y-0.5", !isQuestion && "sm:grid-cols-[6.5rem_1fr]")}>
      <dt className="text-muted text-sm leading-6">{name}</dt>
      <dd className="min-w-0 leading-6">{children}</dd>
    </div>
  );
}
