"use client";

import clsx from "clsx";
import { useEffect, useRef } from "react";
import type { BookingPage } from "@/lib/booking/public";
import { type Day, dayOf, formatDay, monthOf } from "@/lib/time";
import { DayTimes, DayTimesSkeleton } from "./day-times";
import { DetailsPanel } from "./details-panel";
import { MonthCalendar } from "./month-calendar";
import { MonthNotice } from "./month-notice";
import { datePanel, timesPanel } from "./panels";
import type { Slot } from "./slots-query";
import { useAvailability } from "./use-availability";
import type { Go, Place } from "./use-booking-url";
import type { Visitor } from "./use-visitor";

type BookingStepsProps = {
  page: BookingPage;
  visitor: Visitor;
  place: Place;
  go: Go;
  onHour12: (hour12: boolean) => void;
};

/** Side by side where there is room; on phones one after the other, and back keeps what was chosen. */
export function BookingSteps({ page, visitor, place, go, onHour12 }: BookingStepsProps) {
  const address = { host: page.host.handle, eventType: page.eventType.slug };
  const { bookingWindowDays } = page.eventType;
  const free = useAvailability({ page: address, bookingWindowDays, timeZone: visitor.timeZone, place, go });
  const { grid, times, details } = useStepFocus(place);

  const chooseDay = (day: Day) => go({ day, month: monthOf(day), slot: null });
  const chooseSlot = ({ start }: Slot, how: "push" | "replace" = "push") => {
    const day = dayOf(new Date(start), visitor.timeZone);
    go({ slot: start, day, month: monthOf(day) }, how);
  };

  if (place.slot)
    return (
      <DetailsPanel
        key={page.eventType.id}
        address={address}
        start={place.slot}
        visitor={visitor}
        free={free}
        onSlot={(slot) => chooseSlot(slot, "replace")}
        onBack={() => go({ slot: null })}
        headingRef={details}
      />
    );

  const daySlots = (free.day && free.days.get(free.day)) || [];
  return (
    <>
      <div className={clsx(datePanel, place.day && "max-md:hidden")}>
        <MonthCalendar
          {...visitor}
          {...free}
          selected={free.day}
          countOf={(day) => free.days.get(day)?.length ?? 0}
          isLoading={!free.isSettled && !free.isError}
          onDay={chooseDay}
          onMonth={(month) => go({ month, day: null }, "replace")}
          gridRef={grid}
        />
        <MonthNotice free={free} locale={visitor.locale} onDay={chooseDay} />
      </div>
      <div className={clsx(timesPanel, !place.day && "max-md:hidden")}>
        <p role="status" className="sr-only">
          {place.day && free.isSettled && announce(daySlots.length, place.day, visitor.locale)}
        </p>
        {free.isSettled && free.day ? (
          <DayTimes
            day={free.day}
            slots={daySlots}
            clock={visitor}
            onSlot={chooseSlot}
            onHour12={onHour12}
            onBack={() => go({ day: null })}
            headingRef={times}
          />
        ) : (
          !free.isSettled && !free.isError && <DayTimesSkeleton />
        )}
      </div>
    </>
  );
}

/** When a step gives way to another, focus goes to where the next one begins; not when the page opens. */
function useStepFocus({ day, slot }: Place) {
  const grid = useRef<HTMLTableElement>(null);
  const times = useRef<HTMLHeadingElement>(null);
  const details = useRef<HTMLHeadingElement>(null);
  const shown = useRef(`${day} ${slot}`);
  useEffect(() => {
    if (shown.current === `${day} ${slot}`) return;
    shown.current = `${day} ${slot}`;
    if (slot) details.current?.focus();
    else if (day) times.current?.focus();
    // Turning the month also leaves the day; then the focus stays on the button that turned it.
    else if (!grid.current?.parentElement?.contains(document.activeElement))
      grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [day, slot]);
  return { grid, times, details };
}

function announce(count: number, day: Day, locale: string): string {
  const date = formatDay(day, locale, { weekday: "long", day: "numeric", month: "long" });
  return `${count === 0 ? "No times" : count === 1 ? "1 time" : `${count} times`} on ${date}`;
}
