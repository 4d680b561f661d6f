import { startTransition, useId, useOptimistic } from "react";
import { formatDuration } from "./duration";

type DurationChoiceProps = { durations: number[]; chosen: number; onChoose: (minutes: number) => void };

/** How long it takes, where there is a choice. */
export function DurationChoice({ durations, chosen, onChoose }: DurationChoiceProps) {
  const name = useId();
  const [shown, show] = useOptimistic(chosen);

  /** The address, and all that depends on it, follows in a transition; what was pressed shows at once. */
  function choose(minutes: number) {
    startTransition(() => {
      show(minutes);
      onChoose(minutes);
    });
  }

  return (
    <fieldset className="min-w-0">
      <legend className="pb-2 font-medium text-sm">How long?</legend>
      <div className="flex flex-wrap gap-2">
        {durations.map((minutes) => (
          <label
            key={minutes}
            className="relative grid min-h-11 place-items-center rounded-md border border-line-strong px-3.5 py-1.5 text-[0.9375rem] transition-colors hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2 has-checked:font-semibold has-checked:text-accent-text"
          >
            <input
              type="radio"
              name={name}
              value={minutes}
              checked={minutes === shown}
              onChange={() => choose(minutes)}
              className="absolute inset-0 appearance-none rounded-md outline-none"
            />
            {formatDuration(minutes)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
