"use client";

import { Combobox } from "@base-ui/react/combobox";
import { ChevronDown } from "lucide-react";
import { ZoneCombobox } from "@/components/forms/zone-combobox";

type ZonePickerProps = {
  timeZone: string;
  /** Offsets are those at this instant: the time looked at, not now. */
  instant: Date;
  onChange: (timeZone: string) => void;
};

/** The zone times are shown in, always with its offset, and a search among all of them. */
export function ZonePicker(props: ZonePickerProps) {
  return (
    <ZoneCombobox
      {...props}
      trigger={({ city, offset }) => (
        <Combobox.Trigger
          aria-label={`Time zone: ${city}, ${offset}. Change`}
          className="-mx-2 flex min-h-11 max-w-full items-center gap-1.5 rounded-md px-2 text-start transition-colors hover:bg-sunken"
        >
          <span className="min-w-0 truncate">{city} time</span>
          <span className="shrink-0 text-muted">{offset}</span>
          <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </Combobox.Trigger>
      )}
    />
  );
}
