import clsx from "clsx";
import { Eye, EyeOff } from "lucide-react";
import type { Source } from "./item";

type Props = { sources: Source[]; hidden: string[]; onChange: (hidden: string[]) => void };

/** What the colours mean; pressed, one is hidden or comes back. */
export function SourceFilter({ sources, hidden, onChange }: Props) {
  if (sources.length === 0) return null;
  return (
    <fieldset className="-mx-3 flex min-w-0 gap-1.5 overflow-x-auto px-3 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0">
      <legend className="sr-only">Shown in the calendar</legend>
      {sources.map(({ key, name, color }) => {
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
    </fieldset>
  );
}
