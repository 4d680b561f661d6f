import clsx from "clsx";
import type { ReactNode } from "react";

type Props = {
  name: string;
  value: string;
  title: string;
  description?: string | undefined;
  isChosen: boolean;
  isDisabled?: boolean | undefined;
  choose: () => void;
  /** What stands before the words. */
  children: ReactNode;
};

/** One of several to choose from, as a card that is a radio button. */
export function ChoiceCard({
  name,
  value,
  title,
  description,
  isChosen,
  isDisabled,
  choose,
  children,
}: Props) {
  return (
    <label
      className={clsx(
        "flex min-h-14 items-center gap-3 rounded-md border border-line-strong/60 px-3 py-2 transition-colors has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-ring",
        isDisabled ? "bg-sunken text-muted" : "hover:bg-sunken",
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={isChosen}
        disabled={isDisabled}
        onChange={choose}
        className="sr-only"
      />
      {children}
      <span className="flex min-w-0 flex-col">
        <span className="wrap-anywhere font-medium text-[0.9375rem]">{title}</span>
        {description && <span className="wrap-anywhere text-muted text-sm">{description}</span>}
      </span>
    </label>
  );
}
