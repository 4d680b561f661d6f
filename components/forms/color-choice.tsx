import { Check } from "lucide-react";

export type NamedColor<Color extends string | null> = { color: Color; name: string };

type Props<Color extends string | null> = {
  legend: string;
  /** The name under which the chosen one is sent; several choices on a page need different ones. */
  name?: string;
  /** Null is no colour at all. */
  choices: readonly NamedColor<Color>[];
  value: Color;
  onChange: (color: Color) => void;
};

/** One of a few colours, by name. */
export function ColorChoice<Color extends string | null>(props: Props<Color>) {
  const { legend, name: group = "color", choices, value, onChange } = props;
  const chosen = choices.find(({ color }) => color === value)?.name ?? "None";
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">
        {legend}: <span className="font-normal text-muted">{chosen}</span>
      </legend>
      <div className="-ml-1.5 flex flex-wrap">
        {choices.map(({ color, name }) => (
          <label key={name} title={name} className="grid size-11 place-items-center">
            <input
              type="radio"
              name={group}
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
                className="pointer-events-none col-start-1 row-start-1 size-4 text-[#fff] opacity-0 peer-checked:opacity-100"
              />
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
