import clsx from "clsx";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { type Tone, toneClass } from "./badge";

const icons = {
  neutral: Info,
  accent: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
} as const;

/**
 * A message in the flow of the page. `live` announces it when it appears: "alert" interrupts, "status" waits.
 * Leave it out for what was there from the start.
 */
export function Banner({
  tone = "neutral",
  title,
  live,
  action,
  className,
  children,
}: {
  tone?: Tone;
  title?: ReactNode;
  live?: "alert" | "status";
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div role={live} className={clsx("flex gap-3 rounded-md p-4", toneClass[tone], className)}>
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col gap-1 text-[0.9375rem]">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-ink">{children}</div>}
        {action && <div className="mt-2 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  );
}
