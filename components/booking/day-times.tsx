"use client";

import { ArrowLeft } from "lucide-react";
import { type FocusEvent, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { type Clock, type Day, formatDay, formatOffset, zoneCity } from "@/lib/time";
import { HourToggle } from "./hour-toggle";
import type { Slot } from "./slots-query";
import { TimeButton } from "./time-button";

type DayTimesProps = {
  day: Day;
  slots: Slot[];
  /** The first free day after this one. */
  nextDay: Day | null;
  clock: Clock;
  onSlot: (slot: Slot) => void;
  onDay: (day: Day) => void;
  onHour12: (hour12: boolean) => void;
  onBack: () => void;
};

const dayAndMonth = { weekday: "long", day: "numeric", month: "long" } as const;
const timesGrid = "grid grid-cols-[repeat(auto-fill,minmax(6.25rem,1fr))] gap-2 lg:grid-cols-2";

/** The times of one day, by the visitor's clock, with the zone and its offset on that day beside them. */
export function DayTimes({ day, slots, nextDay, clock, onSlot, onDay, onHour12, onBack }: DayTimesProps) {
  const offsets = offsetsOn(day, slots, clock.timeZone);
  const { heading, noteFocus } = useFocusKept(slots);
  return (
    <div>
      <button
        type="button"
        onClick={onBack}
        className="-ms-2 mb-2 flex min-h-11 items-center gap-2 rounded-md px-2 font-medium text-[0.9375rem] text-accent-text hover:bg-accent-soft md:sr-only md:focus:not-sr-only md:focus:-ms-2 md:focus:mb-2 md:focus:flex md:focus:px-2"
      >
        <ArrowLeft aria-hidden="true" className="size-4 rtl:rotate-180" />
        Choose another date
      </button>
      <h2
        ref={heading}
        data-step="times"
        tabIndex={-1}
        className="scroll-mt-4 font-semibold text-lg leading-6"
      >
        {formatDay(day, clock.locale, dayAndMonth)}
      </h2>
      <div className="flex items-center justify-between gap-3 pt-1.5 pb-4">
        <p className="min-w-0 text-muted text-sm leading-5">
          {zoneCity(clock.timeZone)} time
          <span className="block">{offsets.join(", then ")}</span>
        </p>
        <HourToggle hour12={clock.hour12} onChange={onHour12} />
      </div>
      {offsets.length > 1 && <p className="-mt-1 pb-3 text-muted text-sm">The clocks change on this day.</p>}
      {slots.length === 0 ? (
        <div className="flex flex-col items-start gap-3 rounded-md bg-sunken p-4 text-[0.9375rem]">
          <p>No times are left on this day.</p>
          {nextDay && (
            <Button size="sm" className="whitespace-normal" onClick={() => onDay(nextDay)}>
              Go to {formatDay(nextDay, clock.locale, dayAndMonth)}
            </Button>
          )}
        </div>
      ) : (
        <ul onFocus={noteFocus} className={timesGrid}>
          {slots.map((slot) => (
            <li key={slot.start} data-start={slot.start}>
              <TimeButton
                slot={slot}
                clock={clock}
                note={offsets.length > 1 ? formatOffset(new Date(slot.start), clock.timeZone) : undefined}
                onPress={() => onSlot(slot)}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The offsets the times of a day have: two where the clocks change among them. */
export function offsetsOn(day: Day, slots: Slot[], timeZone: string): string[] {
  const instants = slots.length > 0 ? slots.map(({ start }) => new Date(start)) : [new Date(`${day}T12:00Z`)];
  return [...new Set(instants.map((instant) => formatOffset(instant, timeZone)))];
}

/** A time that goes while it has the focus must not take the focus with it. */
function useFocusKept(slots: Slot[]) {
  const heading = useRef<HTMLHeadingElement>(null);
  const focused = useRef<string | undefined>(undefined);
  useEffect(() => {
    const isGone = focused.current && !slots.some(({ start }) => start === focused.current);
    if (!isGone) return;
    focused.current = undefined;
    if (document.activeElement === document.body) heading.current?.focus();
  }, [slots]);
  return {
    heading,
    noteFocus: ({ target }: FocusEvent) => {
      focused.current = target.closest("li")?.dataset.start;
    },
  };
}

export function DayTimesSkeleton() {
  return (
    <div>
      <Skeleton className="mb-2 h-6 w-40" />
      <Skeleton className="mb-5 h-4 w-28" />
      <div className={timesGrid}>
        {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
          <Skeleton key={key} className="h-11" />
        ))}
      </div>
    </div>
  );
}
