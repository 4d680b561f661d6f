import { Check } from "lucide-react";
import { palette } from "@/lib/event-types/schema";
import type { Draft } from "./draft";

type Props = { value: Draft["color"]; onChange: (color: Draft["color"]) => void; isRequired?: boolean };

/** A colour by name, or none. */
export function ColorField({ value, onChange, isRequired = false }: Props) {
  const chosen = palette.find(({ color }) => color === value)?.name ?? "None";
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">
        Colour: <span className="font-normal text-muted">{chosen}</span>
      </legend>
      <div className="-ml-1.5 flex flex-wrap">
        {[...(isRequired ? [] : [{ color: null, name: "None" }]), ...palette].map(({ color, name }) => (
          <label key={name} title={name} className="grid size-11 place-items-center">
            <input
              type="radio"
              name="color"
              value={color ?? ""}
              aria-label={name}
              checked={color === value}
              onChange={() => onChange(color)}
              className="peer col-start-1 row-start-1 size-8 appearance-none rounded-full border border-line-strong bg-raised checked:ring-2 checked:ring-ink checked:ring-offset-2 checked:ring-offset-surface"
              style={color ? { backgroundColor: color, borderColor: color } : undefined}
            />
            {color === null ? (
              <span
                aria-hidden="true"
                className="pointer-events-none col-start-1 row-start-1 h-0.5 w-7 -rotate-45 bg-line-strong"
              />
            ) : (
              <Check
                aria-hidden="true"
                strokeWidth={3}
                className="pointer-events-none col-start-1 row-start-1 size-4 text-white opacity-0 peer-checked:opacity-100"
              />
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
