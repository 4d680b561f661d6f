import clsx from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Nothing here yet: what would be here, and the way to it. */
export function EmptyState({
  icon: Icon,
  title,
  description,
  action,
  className,
}: {
  icon?: LucideIcon;
  title: ReactNode;
  description?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={clsx("flex flex-col items-center gap-4 px-6 py-12 text-center", className)}>
      {Icon && (
        <span className="grid size-12 place-items-center rounded-full bg-accent-soft text-accent-text">
          <Icon aria-hidden="true" className="size-5.5" />
        </span>
      )}
      <div className="flex flex-col gap-1">
        <p className="font-semibold text-lg">{title}</p>
        {description && <p className="max-w-md text-balance text-muted">{description}</p>}
      </div>
      {action}
    </div>
  );
}
