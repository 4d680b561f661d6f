import { useId, useState } from "react";
import { FieldError } from "@/components/ui/field";
import { weekdays } from "@/lib/availability/schema";

type Props = { defaultValue: number[]; error: string | undefined; onChange: () => void };

/** The weekdays something recurs on, sent as `1,3`. */
export function WeekdaysField({ defaultValue, error, onChange }: Props) {
  const [chosen, setChosen] = useState(defaultValue);
  const errorId = useId();
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="pb-1.5 font-medium text-sm">On</legend>
      <input type="hidden" name="weekdays" value={[...chosen].sort().join(",")} />
      <div className="grid grid-cols-7 gap-1.5">
        {weekdays.map(({ weekday, name }) => (
          <label key={weekday} className="relative">
            <input
              type="checkbox"
              aria-label={name}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? errorId : undefined}
              checked={chosen.includes(weekday)}
              onChange={({ target }) => {
                setChosen(target.checked ? [...chosen, weekday] : chosen.filter((day) => day !== weekday));
                onChange();
              }}
              className="peer absolute inset-0 appearance-none rounded-md"
            />
            <span
              aria-hidden="true"
              className="pointer-events-none relative grid h-11 place-items-center rounded-md border border-line-strong bg-raised text-sm peer-checked:border-accent peer-checked:bg-accent peer-checked:font-semibold peer-checked:text-on-accent forced-colors:peer-checked:border-4"
            >
              {name.slice(0, 2)}
            </span>
          </label>
        ))}
      </div>
      <FieldError id={errorId}>{error}</FieldError>
    </fieldset>
  );
}
