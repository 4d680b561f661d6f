import clsx from "clsx";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import type { Source } from "./item";

type Props = { sources: Source[]; hidden: string[]; onChange: (hidden: string[]) => void };

/** Two rows of them; who subscribes to thirty calendars looks for the others when needed. */
const mostShown = 10;

/** What the colours mean; pressed, one is hidden or comes back. */
export function SourceFilter({ sources, hidden, onChange }: Props) {
  const [isWhole, setWhole] = useState(false);
  if (sources.length === 0) return null;
  // What is hidden stays in sight, to be missed.
  const shown = sources.filter(
    ({ key }, place) =>
      isWhole || place < mostShown || sources.length <= mostShown + 1 || hidden.includes(key),
  );
  const more = sources.length - shown.length;
  return (
    <fieldset className="-mx-3 flex min-w-0 gap-1.5 overflow-x-auto px-3 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0">
      <legend className="sr-only">Shown in the calendar</legend>
      {shown.map(({ key, name, color }) => {
        const isShown = !hidden.includes(key);
        const Icon = isShown ? Eye : EyeOff;
        return (
          <button
            key={key}
            type="button"
            aria-pressed={isShown}
            title={isShown ? `Hide ${name}` : `Show ${name}`}
            onClick={() => onChange(isShown ? [...hidden, key] : hidden.filter((each) => each !== key))}
            className={clsx(
              "group flex min-h-8 max-w-64 shrink-0 items-center gap-2 rounded-full border px-2.5 text-[0.8125rem] transition-colors pointer-coarse:min-h-11",
              isShown
                ? "border-line bg-surface text-ink hover:bg-sunken"
                : "border-line-strong border-dashed text-muted hover:bg-sunken",
            )}
          >
            <span
              aria-hidden="true"
              className={clsx("size-2.5 shrink-0 rounded-full", !isShown && "opacity-30")}
              style={{ backgroundColor: color }}
            />
            <span className={clsx("truncate", !isShown && "line-through")}>{name}</span>
            <Icon
              aria-hidden="true"
              className={clsx("size-3.5 shrink-0 text-muted", isShown && "hidden group-hover:block")}
            />
          </button>
        );
      })}
      {(more > 0 || isWhole) && (
        <button
          type="button"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
          className="min-h-8 shrink-0 rounded-full px-2.5 font-medium text-[0.8125rem] text-accent-text hover:bg-accent-soft pointer-coarse:min-h-11"
        >
          {isWhole ? "Show fewer" : `${more} more`}
        </button>
      )}
    </fieldset>
  );
}
