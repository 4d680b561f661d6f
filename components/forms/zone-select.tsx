"use client";

import { Combobox } from "@base-ui/react/combobox";
import { ChevronDown } from "lucide-react";
import { useFieldControl } from "@/components/ui/field";
import { controlClass } from "@/components/ui/input";
import { ZoneCombobox } from "./zone-combobox";

type ZoneSelectProps = {
  timeZone: string;
  /** Offsets are those at this instant. */
  instant: Date;
  onChange: (timeZone: string) => void;
};

/** A time zone as the control of a Field. */
export function ZoneSelect(props: ZoneSelectProps) {
  const { required: _, ...control } = useFieldControl();
  return (
    <ZoneCombobox
      {...props}
      trigger={({ city, region, offset }) => (
        <Combobox.Trigger {...control} className={`${controlClass} flex items-center gap-2 text-start`}>
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
