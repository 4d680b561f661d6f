"use client";

import { CalendarClock, Download, ExternalLink, X } from "lucide-react";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { type BookingView, isActive, isBeingDecided } from "./booking-view";
import { calendarLinks } from "./calendar-links";
import { rememberDraft } from "./use-draft";

type Props = { booking: BookingView; token: string; isOver: boolean };

/** What comes next: into the calendar, to another time, or off. */
export function OutcomeActions({ booking, token, isOver }: Props) {
  if (!isActive(booking) || isOver) return <BookAgain booking={booking} isOver={isOver} />;
  return (
    <div className="flex flex-col gap-7 px-6 py-7 sm:px-10">
      {booking.status === "confirmed" && !isBeingDecided(booking) && (
        <AddToCalendar booking={booking} token={token} />
      )}
      <Manage booking={booking} token={token} />
    </div>
  );
}

function BookAgain({ booking, isOver }: Omit<Props, "token">) {
  if (!booking.host.handle) return <div className="h-8" />;
  const { name, email, note } = booking.visitor;
  return (
    <div className="flex justify-center p-6 sm:p-8">
      <ButtonLink
        href={`/book/${booking.host.handle}/${booking.event_type.slug}`}
        variant="primary"
        size="lg"
        className="w-full sm:w-fit"
        onClick={() => rememberDraft({ name, email, note: note ?? "" })}
      >
        {isActive(booking) && isOver ? "Book again" : "Choose another time"}
      </ButtonLink>
    </div>
  );
}

function AddToCalendar({ booking, token }: Omit<Props, "isOver">) {
  return (
    <section aria-labelledby="add-to-calendar" className="flex flex-col gap-4">
      <h2 id="add-to-calendar" className="text-muted text-sm">
        Add to your calendar
      </h2>
      <div className="grid gap-2 sm:grid-cols-2">
        <a href={`/booking/${token}/event.ics`} download className={buttonClass({})}>
          <Download aria-hidden="true" />
          Apple and others (.ics)
        </a>
        {calendarLinks(booking).map(({ name, href }) => (
          <a key={name} href={href} target="_blank" rel="noreferrer" className={buttonClass({})}>
            {name}
            <ExternalLink aria-hidden="true" className="text-muted" />
            <span className="sr-only">(opens in a new tab)</span>
          </a>
        ))}
      </div>
    </section>
  );
}

function Manage({ booking, token }: Omit<Props, "isOver">) {
  return (
    <section aria-labelledby="manage" className="flex flex-col gap-3">
      <h2 id="manage" className="text-muted text-sm">
        Plans changed?
      </h2>
      <div className="flex flex-wrap gap-2">
        {!isBeingDecided(booking) && (
          <ButtonLink href={`/booking/${token}/move`} className="max-sm:w-full">
            <CalendarClock aria-hidden="true" />
            Choose another time
          </ButtonLink>
        )}
        <ButtonLink href={`/booking/${token}/cancel`} className="max-sm:w-full">
          <X aria-hidden="true" />
          {booking.status === "pending" ? "Withdraw request" : "Cancel booking"}
        </ButtonLink>
      </div>
    </section>
  );
}
