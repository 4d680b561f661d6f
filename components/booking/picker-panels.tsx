"use client";

import clsx from "clsx";
import type { BookingPage } from "@/lib/booking/public";
import { type Day, dayOf, formatDay, monthOf } from "@/lib/time";
import { DayTimes, DayTimesSkeleton } from "./day-times";
import { MonthCalendar } from "./month-calendar";
import { MonthNotice } from "./month-notice";
import { datePanel, timesPanel } from "./panels";
import type { Slot } from "./slots-query";
import type { Availability } from "./use-availability";
import type { Go, Place } from "./use-booking-url";
import type { Visitor } from "./use-visitor";

type PickerPanelsProps = {
  page: BookingPage;
  visitor: Visitor;
  place: Place;
  go: Go;
  free: Availability;
  onSlot: (slot: Slot) => void;
  onHour12: (hour12: boolean) => void;
};

/** Month and times: side by side where there is room; on phones one after the other, and back keeps what was chosen. */
export function PickerPanels({ page, visitor, place, go, free, onSlot, onHour12 }: PickerPanelsProps) {
  const chooseDay = (day: Day) => go({ day, month: monthOf(day), slot: null });
  const daySlots = (free.day && free.days.get(free.day)) || [];
  const nextDay = [...free.days.keys()].find((day) => free.day && day > free.day) ?? laterDay(free, visitor);
  return (
    <>
      <div data-step="date" className={clsx(datePanel, place.day && "max-md:hidden")}>
        <MonthCalendar
          {...visitor}
          {...free}
          selected={free.day}
          countOf={(day) => free.days.get(day)?.length ?? 0}
          isLoading={!free.isSettled && !free.isError}
          onDay={chooseDay}
          onMonth={(month) => go({ month, day: null }, "replace")}
        />
        <MonthNotice page={page} free={free} locale={visitor.locale} onDay={chooseDay} />
      </div>
      <div className={clsx(timesPanel, !place.day && "max-md:hidden")}>
        <p role="status" className="sr-only">
          {place.day && free.isSettled && announce(daySlots.length, place.day, visitor.locale)}
        </p>
        {free.isSettled && free.day ? (
          <DayTimes
            day={free.day}
            slots={daySlots}
            nextDay={nextDay}
            clock={visitor}
            onSlot={onSlot}
            onDay={chooseDay}
            onHour12={onHour12}
            onBack={() => go({ day: null })}
          />
        ) : (
          !free.isSettled && !free.isError && <DayTimesSkeleton />
        )}
      </div>
    </>
  );
}

/** The first free day after the month, where it is known already. */
function laterDay({ slots, nextDay, month }: Availability, { timeZone }: Visitor): Day | null {
  const later = slots.find(({ start }) => monthOf(dayOf(new Date(start), timeZone)) > month);
  return later ? dayOf(new Date(later.start), timeZone) : nextDay;
}

function announce(count: number, day: Day, locale: string): string {
  const date = formatDay(day, locale, { weekday: "long", day: "numeric", month: "long" });
  return `${count === 0 ? "No times" : count === 1 ? "1 time" : `${count} times`} on ${date}`;
}
