"use client";

import type { BookingPage } from "@/lib/booking/public";
import { dayOf, monthOf } from "@/lib/time";
import { DetailsPanel } from "./details-panel";
import { PickerPanels } from "./picker-panels";
import type { Slot } from "./slots-query";
import { Steps } from "./steps";
import { useAvailability } from "./use-availability";
import type { Go, Place } from "./use-booking-url";
import type { Visitor } from "./use-visitor";

type BookingStepsProps = {
  page: BookingPage;
  durationMinutes: number;
  visitor: Visitor;
  place: Place;
  go: Go;
  onHour12: (hour12: boolean) => void;
};

/** Date and time, then who comes. */
export function BookingSteps({ page, durationMinutes, visitor, place, go, onHour12 }: BookingStepsProps) {
  const { timeZone } = visitor;
  const free = useAvailability({ page, durationMinutes, timeZone, place, go });
  const chooseSlot = ({ start }: Slot, how: "push" | "replace" = "push") => {
    const day = dayOf(new Date(start), timeZone);
    go({ slot: start, day, month: monthOf(day) }, how);
  };
  return (
    <Steps host={page.host.handle} place={place}>
      {place.slot ? (
        <DetailsPanel
          page={page}
          durationMinutes={durationMinutes}
          start={place.slot}
          visitor={visitor}
          free={free}
          onSlot={(slot) => chooseSlot(slot, "replace")}
          onBack={() => go({ slot: null })}
        />
      ) : (
        <PickerPanels
          page={page}
          visitor={visitor}
          place={place}
          go={go}
          free={free}
          onSlot={chooseSlot}
          onHour12={onHour12}
        />
      )}
    </Steps>
  );
}
