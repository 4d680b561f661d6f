import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

/** Rows behind lines, the calm kind of table: on phones the parts of a row stand under each other. */
export function List({ className, ...props }: ComponentProps<"ul">) {
  return <ul {...props} className={clsx("divide-y divide-line", className)} />;
}

export function ListRow({
  title,
  description,
  leading,
  trailing,
  className,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  /** An avatar, an icon, a checkbox. */
  leading?: ReactNode;
  /** A badge, a time, buttons. */
  trailing?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <li className={clsx("flex flex-col gap-3 px-5 py-4 sm:px-6", className)}>
      <div className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between sm:gap-6">
        <div className="flex min-w-0 items-center gap-3.5">
          {leading}
          <div className="flex min-w-0 flex-col gap-0.5">
            <div className="font-medium text-[0.9375rem]">{title}</div>
            {description && <div className="text-muted text-sm">{description}</div>}
          </div>
        </div>
        {trailing && <div className="flex shrink-0 flex-wrap items-center gap-3 text-sm">{trailing}</div>}
      </div>
      {children}
    </li>
  );
}

/** Names and values, as on a receipt. */
export function Facts({
  items,
  className,
}: {
  items: { name: string; value: ReactNode }[];
  className?: string;
}) {
  return (
    <dl className={clsx("grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-[fit-content(14rem)_1fr]", className)}>
      {items.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="-mb-2.5 text-muted text-sm sm:mb-0 sm:leading-6">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
