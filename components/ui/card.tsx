import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return (
    <section {...props} className={clsx("rounded-lg border border-line bg-surface shadow-card", className)} />
  );
}

/** The heading of a card, and what can be done with all of it. */
export function CardHeader({
  title,
  description,
  actions,
  className,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={clsx("flex flex-wrap items-start justify-between gap-x-4 gap-y-3 p-5 sm:px-6", className)}
    >
      <div className="flex min-w-0 flex-col gap-1">
        <h2 className="font-semibold text-lg leading-6">{title}</h2>
        {description && <p className="max-w-prose text-muted text-sm">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} className={clsx("px-5 pb-5 sm:px-6 sm:pb-6", className)} />;
}

/** What saves or leaves, at the bottom, behind a line. */
export function CardFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      {...props}
      className={clsx(
        "flex flex-wrap items-center justify-end gap-3 border-line border-t px-5 py-4 sm:px-6",
        className,
      )}
    />
  );
}
