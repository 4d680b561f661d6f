import clsx from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";

type Props = Omit<ComponentProps<"button">, "children" | "type" | "title" | "aria-label"> & {
  label: string;
  Icon: LucideIcon;
};

/** A button that is a picture; its name is read out, and shown to a pointer. */
export function IconButton({ label, Icon, className, ...props }: Props) {
  return (
    <button
      {...props}
      type="button"
      aria-label={label}
      title={label}
      className={clsx(
        "grid size-11 shrink-0 place-items-center rounded-md text-muted transition-colors not-disabled:not-aria-disabled:hover:bg-sunken not-disabled:not-aria-disabled:hover:text-ink disabled:opacity-40 aria-disabled:cursor-default aria-disabled:opacity-40",
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}
