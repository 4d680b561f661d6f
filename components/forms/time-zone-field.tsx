"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check, ChevronDown, Search } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { listZones, matchesZone, toZone, type Zone } from "@/components/booking/zones";
import { Field, useFieldControl } from "@/components/ui/field";
import { controlClass } from "@/components/ui/input";

type TimeZoneFieldProps = {
  name: string;
  /** Null: the browser's own zone, once we know it. */
  defaultValue: string | null;
  /** Offsets are those at this instant. */
  now: Date;
  label?: string;
  hint?: string;
  error?: string | undefined;
  onChange?: () => void;
};

/** A time zone among all of them, found by city, country or offset. */
export function TimeZoneField({
  name,
  defaultValue,
  now,
  label = "Time zone",
  hint,
  error,
  onChange,
}: TimeZoneFieldProps) {
  const [zone, setZone] = useState(defaultValue ?? "UTC");
  useEffect(() => {
    if (defaultValue === null) setZone(Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");
  }, [defaultValue]);
  return (
    <Field label={label} hint={hint} error={error}>
      <ZoneSelect
        zone={zone}
        now={now}
        onChange={(chosen) => {
          setZone(chosen);
          onChange?.();
        }}
      />
      <input type="hidden" name={name} value={zone} />
    </Field>
  );
}

function ZoneSelect({ zone, now, onChange }: { zone: string; now: Date; onChange: (zone: string) => void }) {
  const { required: _, ...control } = useFieldControl();
  const [isOpen, setOpen] = useState(false);
  const current = useMemo(() => toZone(zone, now), [zone, now]);
  const zones = useMemo(() => (isOpen ? listZones(now, zone) : [current]), [isOpen, now, zone, current]);
  return (
    <Combobox.Root
      items={zones}
      value={current}
      open={isOpen}
      onOpenChange={setOpen}
      onValueChange={(chosen) => chosen && onChange(chosen.id)}
      isItemEqualToValue={(a, b) => a.id === b.id}
      itemToStringLabel={(item: Zone) => item.city}
      filter={matchesZone}
    >
      <Combobox.Trigger {...control} className={`${controlClass} flex items-center gap-2 text-left`}>
        <span className="min-w-0 flex-1 truncate">
          {current.city}
          {current.region && <span className="text-muted"> {current.region}</span>}
        </span>
        <span className="shrink-0 text-muted text-sm tabular-nums">{current.offset}</span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} collisionPadding={12} className="z-50">
          <Combobox.Popup
            aria-label="Choose a time zone"
            className="flex max-h-[min(24rem,var(--available-height))] w-[max(var(--anchor-width),18rem)] max-w-[calc(100vw-1.5rem)] flex-col overflow-hidden rounded-lg bg-raised text-ink shadow-pop"
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
              {(item: Zone) => <ZoneItem key={item.id} zone={item} />}
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
      <Combobox.ItemIndicator>
        <Check aria-hidden="true" className="size-4" />
      </Combobox.ItemIndicator>
    </Combobox.Item>
  );
}
