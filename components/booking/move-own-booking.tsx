"use client";

import type { Route } from "next";
import { QueryProvider } from "@/components/ui/query-provider";
import type { BookingPage } from "@/lib/booking/public";
import { Refused } from "./api";
import type { BookingView } from "./booking-view";
import { MoveBooking } from "./move-booking";
import { useChange } from "./use-change";
import { zoneOfPlace } from "./use-visitor";

type Props = { token: string; booking: BookingView; page: BookingPage; durationMinutes: number };

/** The visitor's own booking to another time. Its present time counts as free; nothing is lost if the new one goes. */
export function MoveOwnBooking(props: Props) {
  return (
    <QueryProvider>
      <Move {...props} />
    </QueryProvider>
  );
}

function Move({ token, booking, page, durationMinutes }: Props) {
  const { send, error, isBusy } = useChange<{ start: string }>(token, "move");
  const { host, starts_at, ends_at } = booking;
  const timeZone = zoneOfPlace(page.eventType);
  return (
    <MoveBooking
      page={page}
      booking={{ starts_at, ends_at, token, durationMinutes }}
      title={`Another time with ${host.name}`}
      asked={booking.moves_to}
      note={noteOn(booking)}
      other={{ name: host.name, timeZone: host.time_zone }}
      lockedZone={timeZone ? { timeZone, isPlace: true } : null}
      back={{ href: `/booking/${token}` as Route, label: "Keep it as it is" }}
      onMove={(start) => send({ start })}
      isBusy={isBusy}
      problem={
        error &&
        (error instanceof Refused
          ? error.message
          : "We got no answer. Check your connection and try again; sending it twice does no harm.")
      }
    />
  );
}

function noteOn({ status, host, event_type }: BookingView): string {
  if (status === "pending") return "Your request is for the new time then, and the old one becomes free.";
  return event_type.requires_approval
    ? `${host.name} decides about the new time. Until then your booking stays where it is.`
    : `We check ${host.name}’s calendar once more; until the new time is certain, your booking stays where it is.`;
}
