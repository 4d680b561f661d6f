"use client";

import { ArrowLeft } from "lucide-react";
import type { RefObject } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import {
  type Clock,
  crossesMidnight,
  type Day,
  formatDay,
  formatOffset,
  formatTime,
  zoneCity,
} from "@/lib/time";
import { HourToggle } from "./hour-toggle";
import type { Slot } from "./slots-query";

type DayTimesProps = {
  day: Day;
  slots: Slot[];
  clock: Clock;
  onSlot: (slot: Slot) => void;
  onHour12: (hour12: boolean) => void;
  onBack: () => void;
  headingRef: RefObject<HTMLHeadingElement | null>;
};

/** The times of one day, by the visitor's clock, with the zone and its offset on that day beside them. */
export function DayTimes({ day, slots, clock, onSlot, onHour12, onBack, headingRef }: DayTimesProps) {
  const [first] = slots;
  return (
    <div>
      <button
        type="button"
        onClick={onBack}
        className="-ml-2 mb-2 flex min-h-11 items-center gap-2 rounded-md px-2 font-medium text-[0.9375rem] text-accent-text hover:bg-accent-soft md:sr-only md:focus:not-sr-only md:focus:-ml-2 md:focus:mb-2 md:focus:flex md:focus:px-2"
      >
        <ArrowLeft aria-hidden="true" className="size-4 rtl:rotate-180" />
        Choose another date
      </button>
      <h2 ref={headingRef} tabIndex={-1} className="font-semibold text-lg leading-6">
        {formatDay(day, clock.locale, { weekday: "long", day: "numeric", month: "long" })}
      </h2>
      <div className="flex items-center justify-between gap-3 pt-1.5 pb-4">
        <p className="min-w-0 text-muted text-sm leading-5">
          {zoneCity(clock.timeZone)} time
          {first && <span className="block">{formatOffset(new Date(first.start), clock.timeZone)}</span>}
        </p>
        <HourToggle hour12={clock.hour12} onChange={onHour12} />
      </div>
      {slots.length === 0 ? (
        <p className="rounded-md bg-sunken p-4 text-[0.9375rem]">
          No times are left on this day. Please choose another one.
        </p>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(6.25rem,1fr))] gap-2 lg:grid-cols-2">
          {slots.map((slot) => (
            <li key={slot.start}>
              <TimeButton slot={slot} clock={clock} onPress={() => onSlot(slot)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function TimeButton({
  slot,
  clock,
  label,
  onPress,
}: {
  slot: Slot;
  clock: Clock;
  label?: string;
  onPress: () => void;
}) {
  const [start, end] = [new Date(slot.start), new Date(slot.end)];
  const overnight = crossesMidnight(start, end, clock.timeZone);
  return (
    <button
      type="button"
      onClick={onPress}
      className="flex h-full min-h-11 w-full flex-col items-center justify-center rounded-md border border-accent-line bg-surface px-2 py-1.5 font-medium text-[0.9375rem] text-accent-text tabular-nums transition-colors hover:border-accent hover:bg-accent hover:text-on-accent"
    >
      {label && <span className="font-normal text-xs">{label} </span>}
      <span>
        {formatTime(start, clock)}
        <span className="sr-only"> to {formatTime(end, clock)}, </span>
      </span>
      {overnight && <span className="font-normal text-xs">ends next day</span>}
      <span className="sr-only">
        {overnight && ", "}
        {zoneCity(clock.timeZone)} time
      </span>
    </button>
  );
}

export function DayTimesSkeleton() {
  return (
    <div>
      <Skeleton className="mb-2 h-6 w-40" />
      <Skeleton className="mb-5 h-4 w-28" />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(6.25rem,1fr))] gap-2 lg:grid-cols-2">
        {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
          <Skeleton key={key} className="h-11" />
        ))}
      </div>
    </div>
  );
}
