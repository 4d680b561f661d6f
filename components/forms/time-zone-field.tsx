"use client";

import { Combobox } from "@base-ui/react/combobox";
import { ChevronDown } from "lucide-react";
import { useEffect, useState } from "react";
import { Field, useFieldControl } from "@/components/ui/field";
import { controlClass } from "@/components/ui/input";
import { ZoneCombobox } from "./zone-combobox";

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
  return (
    <ZoneCombobox
      timeZone={zone}
      instant={now}
      onChange={onChange}
      trigger={({ city, region, offset }) => (
        <Combobox.Trigger {...control} className={`${controlClass} flex items-center gap-2 text-left`}>
          <span className="min-w-0 flex-1 truncate">
            {city}
            {region && <span className="text-muted"> {region}</span>}
          </span>
          <span className="shrink-0 text-muted text-sm tabular-nums">{offset}</span>
          <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </Combobox.Trigger>
      )}
    />
  );
}
