"use client";

import { QueryProvider } from "@/components/ui/query-provider";
import type { BookingPage } from "@/lib/booking/public";
import { type Clock, crossesMidnight, dayOf, formatDate, formatTime, monthOf } from "@/lib/time";
import { BookerSkeleton } from "./booker-skeleton";
import { BookingSteps } from "./booking-steps";
import { DurationChoice } from "./duration-choice";
import { durationFor, durationsOf } from "./durations";
import { LockedZone } from "./locked-zone";
import { MeetingPanel } from "./meeting-panel";
import { useBookingUrl } from "./use-booking-url";
import { useVisitor, zoneOfPlace } from "./use-visitor";
import { ZonePicker } from "./zone-picker";

/** The booking page: date, then time, then who comes. */
export function Booker({ page }: { page: BookingPage }) {
  const zone = zoneOfPlace(page.eventType);
  const { visitor, setTimeZone, setHour12 } = useVisitor(zone);
  const { place, go } = useBookingUrl();
  const instant = instantOf(place.slot, place.day);
  const durations = durationsOf(page.eventType);
  const durationMinutes = durationFor(page.eventType, place.duration);

  function changeZone(timeZone: string) {
    setTimeZone(timeZone);
    // The instant stays the chosen one; its date may be another there.
    if (!place.slot) return;
    const day = dayOf(new Date(place.slot), timeZone);
    go({ day, month: monthOf(day) }, "replace");
  }

  return (
    <div className="bg-surface md:grid md:grid-cols-[minmax(0,1fr)_17rem] md:rounded-xl md:border md:border-line md:shadow-card lg:min-h-[35rem] lg:grid-cols-[18.5rem_minmax(0,1fr)_17.5rem]">
      <div className="md:col-span-2 md:border-line md:border-b md:pb-5 lg:col-span-1 lg:border-e lg:border-b-0 lg:pb-0">
        <MeetingPanel
          page={page}
          durationMinutes={durationMinutes}
          isBrief={Boolean(place.slot ?? place.day)}
          zone={
            visitor &&
            (zone ? (
              <LockedZone timeZone={zone} instant={instant} />
            ) : (
              <ZonePicker timeZone={visitor.timeZone} instant={instant} onChange={changeZone} />
            ))
          }
          length={
            durations.length > 1 &&
            !place.slot && (
              <DurationChoice
                durations={durations}
                chosen={durationMinutes}
                onChoose={(minutes) =>
                  go({ duration: minutes === page.eventType.durationMinutes ? null : minutes }, "replace")
                }
              />
            )
          }
          chosen={
            visitor &&
            place.slot && <Chosen start={new Date(place.slot)} minutes={durationMinutes} clock={visitor} />
          }
        />
      </div>
      {visitor ? (
        <QueryProvider>
          <BookingSteps
            page={page}
            durationMinutes={durationMinutes}
            visitor={visitor}
            place={place}
            go={go}
            onHour12={setHour12}
          />
        </QueryProvider>
      ) : (
        <BookerSkeleton host={page.host} />
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
      {crossesMidnight(start, end, clock.timeZone) && " (ends the next day)"}
    </span>
  );
}

/** The offset of a zone is that of the time being looked at. */
function instantOf(slot: string | null, day: string | null): Date {
  if (slot) return new Date(slot);
  return day ? new Date(`${day}T12:00:00Z`) : new Date();
}
