import type { ReactNode } from "react";

/** The one h1 of a page, a sentence about it, and its main action. */
export function PageHeader({
  title,
  description,
  actions,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 pb-6 sm:pb-8">
      <div className="flex min-w-0 flex-col gap-1.5">
        <h1 className="font-semibold text-2xl leading-tight sm:text-[1.75rem]">{title}</h1>
        {description && <p className="max-w-prose text-muted">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-3">{actions}</div>}
    </header>
  );
}
