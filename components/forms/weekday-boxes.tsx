import { useId } from "react";
import { FieldError } from "@/components/ui/field";
import { weekdays } from "@/lib/availability/schema";

type Props = {
  /** ISO, 1 is Monday. */
  chosen: number[];
  error: string | undefined;
  onChange: (chosen: number[]) => void;
};

/** A box a weekday, for the days that something recurs on. */
export function WeekdayBoxes({ chosen, error, onChange }: Props) {
  const errorId = useId();
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="pb-1.5 font-medium text-sm">On</legend>
      <div className="grid grid-cols-7 gap-1.5">
        {weekdays.map(({ weekday, name }) => (
          <label key={weekday} className="relative">
            <input
              type="checkbox"
              aria-label={name}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? errorId : undefined}
              checked={chosen.includes(weekday)}
              onChange={({ target }) =>
                onChange(
                  target.checked ? [...chosen, weekday].sort() : chosen.filter((day) => day !== weekday),
                )
              }
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
