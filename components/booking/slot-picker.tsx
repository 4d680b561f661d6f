"use client";

import type { BookingPage } from "@/lib/booking/public";
import { PickerPanels } from "./picker-panels";
import type { Slot } from "./slots-query";
import { useAvailability } from "./use-availability";
import { useBookingUrl } from "./use-booking-url";
import type { Visitor } from "./use-visitor";

type SlotPickerProps = {
  page: BookingPage;
  visitor: Visitor;
  /** Unset: the length offered first. */
  durationMinutes?: number | undefined;
  /** The visitor's own booking that is to move: its time counts as free. */
  excludeToken?: string | undefined;
  onSlot: (slot: Slot) => void;
  onHour12: (hour12: boolean) => void;
};

/** Date, then time, as of now; what happens with the slot is the caller's. Inside Steps. */
export function SlotPicker({ page, visitor, excludeToken, onSlot, onHour12, ...rest }: SlotPickerProps) {
  const { place, go } = useBookingUrl();
  const { durationMinutes = page.eventType.durationMinutes } = rest;
  const { timeZone } = visitor;
  const free = useAvailability({ page, durationMinutes, exceptToken: excludeToken, timeZone, place, go });
  return (
    <PickerPanels
      page={page}
      visitor={visitor}
      place={place}
      go={go}
      free={free}
      onSlot={onSlot}
      onHour12={onHour12}
    />
  );
}
