"use client";

import { Download, ExternalLink } from "lucide-react";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import type { BookingView } from "./booking-view";
import { calendarLinks } from "./calendar-links";
import { rememberDraft } from "./use-draft";

/** What comes next: into the calendar, or another time with everything typed still there. */
export function OutcomeActions({ booking, token }: { booking: BookingView; token: string }) {
  if (booking.status === "confirmed") return <AddToCalendar booking={booking} token={token} />;
  if (booking.status === "pending" || !booking.host.handle) return <div className="h-8" />;
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
        Choose another time
      </ButtonLink>
    </div>
  );
}

function AddToCalendar({ booking, token }: { booking: BookingView; token: string }) {
  return (
    <section aria-labelledby="add-to-calendar" className="flex flex-col gap-4 px-6 py-7 sm:px-10">
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
