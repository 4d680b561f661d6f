import clsx from "clsx";
import { Check } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";

type ChoiceProps = Omit<ComponentProps<"input">, "type" | "children"> & {
  label: ReactNode;
  hint?: ReactNode;
};

export function Checkbox({ label, hint, className, ...props }: ChoiceProps) {
  return (
    <Choice label={label} hint={hint} className={className}>
      {(described) => (
        <span className="relative mt-0.5 grid size-5 shrink-0 place-items-center">
          <input
            {...described}
            {...props}
            type="checkbox"
            className="peer absolute inset-0 appearance-none rounded-sm border border-line-strong bg-raised transition-colors checked:border-accent checked:bg-accent disabled:opacity-50"
          />
          <Check
            aria-hidden="true"
            strokeWidth={3}
            className="pointer-events-none relative size-3.5 text-on-accent opacity-0 peer-checked:opacity-100"
          />
        </span>
      )}
    </Choice>
  );
}

/** One of several with the same name; a fieldset around them says what is chosen. */
export function Radio({ label, hint, className, ...props }: ChoiceProps) {
  return (
    <Choice label={label} hint={hint} className={clsx(props.disabled && "text-muted", className)}>
      {(described) => (
        <span className="relative mt-0.5 grid size-5 shrink-0 place-items-center">
          <input
            {...described}
            {...props}
            type="radio"
            className="peer absolute inset-0 appearance-none rounded-full border border-line-strong bg-raised transition-colors checked:border-accent disabled:opacity-50"
          />
          <span
            aria-hidden="true"
            className="pointer-events-none relative size-2.5 rounded-full bg-accent opacity-0 peer-checked:opacity-100"
          />
        </span>
      )}
    </Choice>
  );
}

/** For what takes effect at once. Inside a form that is saved as a whole, use a Checkbox. */
export function Switch({ label, hint, className, ...props }: ChoiceProps) {
  return (
    <Choice label={label} hint={hint} className={clsx("flex-row-reverse justify-between", className)}>
      {(described) => (
        <span className="relative mt-0.5 h-6 w-10 shrink-0">
          <input
            {...described}
            {...props}
            type="checkbox"
            // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state
            role="switch"
            className="peer absolute inset-0 appearance-none rounded-full border border-line-strong bg-sunken transition-colors checked:border-accent checked:bg-accent disabled:opacity-50"
          />
          <span
            aria-hidden="true"
            className="pointer-events-none absolute top-1 left-1 size-4 rounded-full bg-muted transition-[translate,background-color] peer-checked:translate-x-4 peer-checked:bg-on-accent"
          />
        </span>
      )}
    </Choice>
  );
}

type Described = { id: string; "aria-describedby": string | undefined };

/** A control with its label beside it; the whole line is the target, 44 px high. */
function Choice({
  label,
  hint,
  className,
  children,
}: Pick<ChoiceProps, "label" | "hint" | "className"> & { children: (described: Described) => ReactNode }) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  return (
    <label htmlFor={id} className={clsx("flex min-h-11 items-start gap-3 py-2.5", className)}>
      {children({ id, "aria-describedby": hintId })}
      <span className="flex min-w-0 flex-col gap-0.5">
        <span className="text-[0.9375rem] leading-6">{label}</span>
        {hint && (
          <span id={hintId} className="text-muted text-sm">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
