"use client";

import { useEffect, useState } from "react";
import { Field } from "@/components/ui/field";
import { ZoneSelect } from "./zone-select";

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
        timeZone={zone}
        instant={now}
        onChange={(chosen) => {
          setZone(chosen);
          onChange?.();
        }}
      />
      <input type="hidden" name={name} value={zone} />
    </Field>
  );
}
