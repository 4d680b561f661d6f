"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check, Search } from "lucide-react";
import { type ReactElement, useMemo, useState } from "react";
import { listZones, matchesZone, toZone, type Zone } from "./zones";

type ZoneComboboxProps = {
  timeZone: string;
  /** Offsets are those at this instant. */
  instant: Date;
  onChange: (timeZone: string) => void;
  /** What opens it: a Combobox.Trigger that shows the current zone. */
  trigger: (current: Zone) => ReactElement;
};

/** A time zone among all of them, found by city, country or offset. */
export function ZoneCombobox({ timeZone, instant, onChange, trigger }: ZoneComboboxProps) {
  const [isOpen, setOpen] = useState(false);
  const current = useMemo(() => toZone(timeZone, instant), [timeZone, instant]);
  // Several hundred zones are only worth naming once somebody looks.
  const zones = useMemo(
    () => (isOpen ? listZones(instant, timeZone) : [current]),
    [isOpen, instant, timeZone, current],
  );
  return (
    <Combobox.Root
      // Type and press Enter: the first one found is the one meant.
      autoHighlight
      items={zones}
      value={current}
      open={isOpen}
      onOpenChange={setOpen}
      onValueChange={(zone) => zone && onChange(zone.id)}
      isItemEqualToValue={(a, b) => a.id === b.id}
      itemToStringLabel={(zone: Zone) => zone.city}
      filter={matchesZone}
    >
      {trigger(current)}
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} collisionPadding={12} className="z-50">
          <Combobox.Popup
            aria-label="Choose a time zone"
            className="flex max-h-[min(26rem,var(--available-height))] w-[max(var(--anchor-width),min(22rem,calc(100vw-1.5rem)))] max-w-[calc(100vw-1.5rem)] origin-(--transform-origin) flex-col overflow-hidden rounded-lg bg-raised text-ink shadow-pop transition duration-100 data-ending-style:scale-[0.98] data-starting-style:scale-[0.98] data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <div className="flex items-center gap-2 border-line border-b px-4">
              <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <Combobox.Input
                aria-label="Search time zones"
                placeholder="City, country or offset"
                className="min-h-12 w-full bg-transparent text-base outline-none placeholder:text-faint"
              />
            </div>
            <Combobox.Empty>
              <p className="px-4 py-6 text-center text-muted">
                No zone by that name. Try a large city nearby.
              </p>
            </Combobox.Empty>
            <Combobox.List className="min-h-0 overflow-y-auto overscroll-contain p-1.5 empty:p-0">
              {(zone: Zone) => <ZoneItem key={zone.id} zone={zone} />}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function ZoneItem({ zone }: { zone: Zone }) {
  return (
    <Combobox.Item
      value={zone}
      className="flex min-h-11 cursor-default select-none items-center gap-2 rounded-md px-2.5 py-1.5 text-[0.9375rem] outline-none data-highlighted:bg-accent-soft data-highlighted:text-accent-text"
    >
      <span className="min-w-0 flex-1 truncate">
        {zone.city}
        {zone.region && <span className="text-muted"> {zone.region}</span>}
      </span>
      <span className="shrink-0 text-muted text-sm tabular-nums">{zone.offset}</span>
      <span className="grid size-4 shrink-0 place-items-center">
        <Combobox.ItemIndicator>
          <Check aria-hidden="true" className="size-4" />
        </Combobox.ItemIndicator>
      </span>
    </Combobox.Item>
  );
}
