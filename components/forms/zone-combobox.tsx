"use client";

import { Combobox } from "@base-ui/react/combobox";
import { type ReactElement, useMemo, useState } from "react";
import { ComboboxItem, ComboboxPopup } from "@/components/ui/combobox-popup";
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
      <ComboboxPopup
        label="Choose a time zone"
        searchLabel="Search time zones"
        placeholder="City, country or offset"
        nothing="No zone by that name. Try a large city nearby."
      >
        {(zone: Zone) => <ZoneItem key={zone.id} zone={zone} />}
      </ComboboxPopup>
    </Combobox.Root>
  );
}

function ZoneItem({ zone }: { zone: Zone }) {
  return (
    <ComboboxItem value={zone} className="gap-2">
      <span className="min-w-0 flex-1 truncate">
        {zone.city}
        {zone.region && <span className="text-muted"> {zone.region}</span>}
      </span>
      <span className="shrink-0 text-muted text-sm tabular-nums">{zone.offset}</span>
    </ComboboxItem>
  );
}
