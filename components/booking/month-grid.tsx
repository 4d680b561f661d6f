"use client";

import clsx from "clsx";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import {
  type Day,
  daysIn,
  firstDayOf,
  formatDay,
  type Month,
  monthGrid,
  monthOf,
  type Weekday,
} from "@/lib/time";
import { clampDay, moveDay } from "./move-day";

export type CalendarProps = {
  month: Month;
  firstMonth: Month;
  lastMonth: Month;
  today: Day;
  selected: Day | null;
  /** How many times each day has; a day without any cannot be chosen. */
  countOf: (day: Day) => number;
  isLoading: boolean;
  weekStart: Weekday;
  locale: string;
  onDay: (day: Day) => void;
  onMonth: (month: Month) => void;
};

/** The days, one tab stop: arrows move among them all, also those that cannot be chosen. */
export function MonthGrid(props: CalendarProps) {
  const { month, selected, today, weekStart, firstMonth, lastMonth, onMonth } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [reached, setReached] = useState<Day | null>(null);
  const follows = useRef(false);
  const stop = [reached, selected, today].find((day) => day && monthOf(day) === month) ?? firstDayOf(month);

  // Focus follows where the keys led, once it is drawn: another month takes a moment to come.
  useEffect(() => {
    if (!follows.current || stop !== reached) return;
    follows.current = false;
    focusStop(body.current);
  }, [stop, reached]);

  // Another month takes the day away that has the focus: somebody pressed Next, and Tab before it was drawn.
  const holdsFocus = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about what a month leaves behind
  useLayoutEffect(() => {
    if (holdsFocus.current && document.activeElement === document.body) focusStop(body.current);
  }, [month]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = moveDay(stop, event, weekStart);
    if (!target) return;
    event.preventDefault();
    const day = clampDay(target, firstDayOf(firstMonth), `${lastMonth}-${daysIn(lastMonth)}`);
    if (day === stop) return;
    follows.current = true;
    setReached(day);
    if (monthOf(day) !== month) onMonth(monthOf(day));
  }

  return (
    <tbody
      ref={body}
      onKeyDown={onKeyDown}
      onFocus={() => {
        holdsFocus.current = true;
      }}
      // A day that goes does not say that it lost the focus.
      onBlur={() => {
        holdsFocus.current = false;
      }}
    >
      {monthGrid(month, weekStart).map((week) => (
        <tr key={week.find(Boolean)}>
          {week.map((day, place) =>
            day ? (
              <DayCell key={day} {...props} day={day} isStop={day === stop} onReach={setReached} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: an empty place is its position
              <td key={place} />
            ),
          )}
        </tr>
      ))}
    </tbody>
  );
}

const focusStop = (body: HTMLElement | null) => body?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();

type DayCellProps = CalendarProps & { day: Day; isStop: boolean; onReach: (day: Day) => void };

function DayCell({ day, isStop, onReach, onDay, selected, today, countOf, locale, isLoading }: DayCellProps) {
  const count = countOf(day);
  const isFree = count > 0;
  const isSelected = day === selected && isFree;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the date grid
    <td role="gridcell" aria-selected={isSelected} aria-disabled={!isFree} className="p-0 text-center">
      <button
        type="button"
        tabIndex={isStop ? 0 : -1}
        aria-label={`${formatDay(day, locale)}, ${describeCount(count, isLoading)}`}
        aria-disabled={!isFree}
        aria-current={day === today ? "date" : undefined}
        onFocus={() => onReach(day)}
        onClick={isFree ? () => onDay(day) : undefined}
        className={clsx(
          "relative mx-auto grid h-11 w-full max-w-14 place-items-center rounded-md bg-clip-padding border-2 border-transparent text-[0.9375rem] tabular-nums transition-colors sm:h-12 sm:border-0",
          isSelected && "bg-accent font-semibold text-on-accent forced-colors:outline-2",
          isFree &&
            !isSelected &&
            "bg-accent-soft font-semibold text-accent-text hover:bg-accent hover:text-on-accent forced-colors:border",
          !isFree && "cursor-default text-faint",
          isLoading && "animate-pulse",
          day === today && !isSelected && "ring-1 ring-line-strong ring-inset",
        )}
      >
        {Number(day.slice(8))}
        {isFree && (
          <span
            aria-hidden="true"
            className="-translate-x-1/2 absolute bottom-1.5 left-1/2 size-1 rounded-full bg-current"
          />
        )}
      </button>
    </td>
  );
}

function describeCount(count: number, isLoading: boolean): string {
  if (isLoading) return "loading";
  if (count === 0) return "not available";
  return count === 1 ? "1 time available" : `${count} times available`;
}
