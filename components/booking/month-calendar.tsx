"use client";

import clsx from "clsx";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { WeekdayHead } from "@/components/ui/weekday-head";
import { addMonths, formatMonth } from "@/lib/time";
import { type CalendarProps, MonthGrid } from "./month-grid";

export function MonthCalendar(props: CalendarProps) {
  const { month, firstMonth, lastMonth, weekStart, locale, isLoading, onMonth } = props;
  const headingId = useId();
  return (
    <div>
      <div className="-mt-2.5 flex items-center justify-between pb-3">
        <h2 id={headingId} aria-live="polite" className="font-semibold text-lg tracking-[-0.017em] sm:ps-1">
          {formatMonth(month, locale)}
        </h2>
        <div className="-me-2.5 flex gap-1 sm:me-0">
          <Turn
            label="Previous month"
            off={month <= firstMonth}
            onPress={() => onMonth(addMonths(month, -1))}
          >
            <ChevronLeft aria-hidden="true" className="size-5 rtl:rotate-180" />
          </Turn>
          <Turn label="Next month" off={month >= lastMonth} onPress={() => onMonth(addMonths(month, 1))}>
            <ChevronRight aria-hidden="true" className="size-5 rtl:rotate-180" />
          </Turn>
        </div>
      </div>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the date grid of the ARIA practices
        role="grid"
        aria-labelledby={headingId}
        aria-busy={isLoading}
        // 44 px a day, also on the narrowest phones.
        className="-mx-3.5 w-[calc(100%+1.75rem)] table-fixed border-separate border-spacing-0 sm:mx-0 sm:w-full sm:border-spacing-1"
      >
        <WeekdayHead weekStart={weekStart} locale={locale} />
        <MonthGrid {...props} />
      </table>
    </div>
  );
}

/** Stays focusable at the edge, so the keyboard is not thrown off when it gets there. */
function Turn({
  label,
  off,
  onPress,
  children,
}: {
  label: string;
  off: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={off}
      onClick={off ? undefined : onPress}
      className={clsx(
        "grid size-11 place-items-center rounded-md transition-colors",
        off ? "cursor-default text-faint opacity-40" : "text-ink hover:bg-sunken",
      )}
    >
      {children}
    </button>
  );
}
