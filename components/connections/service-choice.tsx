import clsx from "clsx";
import { presets } from "./presets";

export const google = { id: "google", name: "Google Calendar" };

const services = [google, ...presets];

type Props = { chosen: string; onChoose: (id: string) => void };

export function ServiceChoice({ chosen, onChoose }: Props) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 font-medium text-sm">Where is your calendar?</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-5">
        {services.map(({ id, name }) => (
          <label
            key={id}
            className={clsx(
              "grid min-h-14 place-items-center rounded-md border px-2 py-2 text-center font-medium text-[0.9375rem] leading-5 transition-colors first:max-sm:col-span-2 has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2",
              id === chosen
                ? "border-accent bg-accent-soft text-accent-text"
                : "border-line-strong bg-raised hover:bg-sunken",
            )}
          >
            <input
              type="radio"
              name="service"
              value={id}
              checked={id === chosen}
              onChange={() => onChoose(id)}
              className="sr-only"
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
