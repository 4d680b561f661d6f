"use client";

import { QueryProvider } from "@/components/ui/query-provider";
import type { BookingPage } from "@/lib/booking/public";
import { type Clock, formatDate, formatTime } from "@/lib/time";
import { BookerSkeleton } from "./booker-skeleton";
import { BookingSteps } from "./booking-steps";
import { MeetingPanel } from "./meeting-panel";
import { useBookingUrl } from "./use-booking-url";
import { useVisitor } from "./use-visitor";
import { ZonePicker } from "./zone-picker";

/** The booking page: date, then time, then who comes. */
export function Booker({ page }: { page: BookingPage }) {
  const { visitor, setTimeZone, setHour12 } = useVisitor();
  const { place, go } = useBookingUrl();
  const instant = instantOf(place.slot, place.day);
  return (
    <div className="bg-surface md:grid md:grid-cols-[minmax(0,1fr)_17rem] md:rounded-xl md:border md:border-line md:shadow-card lg:min-h-[35rem] lg:grid-cols-[18.5rem_minmax(0,1fr)_17.5rem]">
      <div className="md:col-span-2 md:border-line md:border-b md:pb-5 lg:col-span-1 lg:border-r lg:border-b-0 lg:pb-0">
        <MeetingPanel
          page={page}
          isBrief={Boolean(place.slot ?? place.day)}
          zone={
            visitor && <ZonePicker timeZone={visitor.timeZone} instant={instant} onChange={setTimeZone} />
          }
          chosen={
            visitor &&
            place.slot && (
              <Chosen start={new Date(place.slot)} minutes={page.eventType.durationMinutes} clock={visitor} />
            )
          }
        />
      </div>
      {visitor ? (
        <QueryProvider>
          <BookingSteps page={page} visitor={visitor} place={place} go={go} onHour12={setHour12} />
        </QueryProvider>
      ) : (
        <BookerSkeleton />
      )}
    </div>
  );
}

function Chosen({ start, minutes, clock }: { start: Date; minutes: number; clock: Clock }) {
  const end = new Date(start.getTime() + minutes * 60_000);
  return (
    <span className="font-medium">
      {formatDate(start, clock)},{" "}
      <span className="whitespace-nowrap">
        {formatTime(start, clock)} – {formatTime(end, clock)}
      </span>
    </span>
  );
}

/** The offset of a zone is that of the time being looked at. */
function instantOf(slot: string | null, day: string | null): Date {
  if (slot) return new Date(slot);
  return day ? new Date(`${day}T12:00:00Z`) : new Date();
}
