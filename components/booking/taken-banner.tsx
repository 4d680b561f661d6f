"use client";

import { Banner } from "@/components/ui/banner";
import { type Clock, type Day, dayOf, formatDay } from "@/lib/time";
import type { Slot } from "./slots-query";
import { TimeButton } from "./time-button";

/** The slot went while the form was open: says so, and offers what is free around it. */
export function TakenBanner({
  title,
  start,
  slots,
  clock,
  onSlot,
}: {
  title: string;
  start: string;
  slots: Slot[];
  clock: Clock;
  onSlot: (slot: Slot) => void;
}) {
  const nearest = nearestSlots(slots, start, 6);
  return (
    <Banner tone="warning" live="alert" title={title} className="mb-6">
      <p>Everything you typed is still here. {nearest.length > 0 && "The nearest free times:"}</p>
      {nearest.length > 0 && (
        <ul className="mt-3 grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-2">
          {nearest.map((slot) => (
            <li key={slot.start}>
              <TimeButton
                slot={slot}
                clock={clock}
                label={shortDay(dayOf(new Date(slot.start), clock.timeZone), clock.locale)}
                onPress={() => onSlot(slot)}
              />
            </li>
          ))}
        </ul>
      )}
    </Banner>
  );
}

/** The free slots closest to one that is gone, in the order of the clock. */
export function nearestSlots(slots: Slot[], start: string, most: number): Slot[] {
  const distance = (slot: Slot) => Math.abs(Date.parse(slot.start) - Date.parse(start));
  return slots
    .filter((slot) => slot.start !== start)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, most)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

const shortDay = (day: Day, locale: string) =>
  formatDay(day, locale, { weekday: "short", day: "numeric", month: "short" });
