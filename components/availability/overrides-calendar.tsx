import clsx from "clsx";
import { Ban, ChevronLeft, ChevronRight, Clock } from "lucide-react";
import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { clampDay, moveDay } from "@/components/booking/move-day";
import { IconButton } from "@/components/ui/icon-button";
import { WeekdayHead } from "@/components/ui/weekday-head";
import type { Interval } from "@/lib/availability/schema";
import type { DateRange, OverriddenDay } from "@/lib/schedules/schema";
import {
  addMonths,
  type Day,
  daysIn,
  firstDayOf,
  formatDay,
  formatMonth,
  type Month,
  monthGrid,
  monthOf,
  type Weekday,
} from "@/lib/time";
import { hoursText } from "./minute-text";
import { rangeOf, weeklyOn } from "./override-runs";

type Props = {
  month: Month;
  today: Day;
  overrides: OverriddenDay[];
  weekly: Interval[];
  selection: DateRange | null;
  locale: string;
  weekStart: Weekday;
  hour12: boolean;
  onMonth: (month: Month) => void;
  /** `isNew`: not the chosen dates made more or fewer. */
  onSelect: (range: DateRange, isNew: boolean) => void;
};

const monthsAhead = 24;

/** Which dates have hours of their own. One tab stop; arrows move, with Shift they take dates along, so does dragging. */
export function OverridesCalendar(props: Props) {
  const { month, today, selection, locale, weekStart, onMonth, onSelect } = props;
  const headingId = useId();
  const firstMonth = monthOf(today);
  const lastMonth = addMonths(firstMonth, monthsAhead);
  const body = useRef<HTMLTableSectionElement>(null);
  const [reached, setReached] = useState<Day | null>(null);
  // The end of a range that stays while the other one moves.
  const anchor = useRef<Day | null>(null);
  const isDragging = useRef(false);
  const follows = useRef(false);
  const stop =
    [reached, selection?.firstDay, today].find((day) => day && monthOf(day) === month) ?? firstDayOf(month);

  // Focus follows where the keys led, once it is drawn.
  useEffect(() => {
    if (!follows.current || stop !== reached) return;
    follows.current = false;
    body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [stop, reached]);
  useEffect(() => {
    const end = () => {
      isDragging.current = false;
    };
    window.addEventListener("pointerup", end);
    return () => window.removeEventListener("pointerup", end);
  }, []);

  const choose = (day: Day, isExtending: boolean) => {
    if (day < today) return;
    const isNew = !isExtending || !anchor.current || !selection;
    if (isNew || !anchor.current) anchor.current = day;
    setReached(day);
    onSelect(rangeOf(anchor.current, day), isNew);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = moveDay(stop, event, weekStart);
    if (!target) return;
    event.preventDefault();
    const day = clampDay(target, today, `${lastMonth}-${daysIn(lastMonth)}`);
    if (day === stop) return;
    follows.current = true;
    setReached(day);
    if (monthOf(day) !== month) onMonth(monthOf(day));
    if (!event.shiftKey || !event.key.startsWith("Arrow")) return;
    const isNew = !anchor.current || !selection;
    if (isNew || !anchor.current) anchor.current = clampDay(stop, today, stop);
    onSelect(rangeOf(anchor.current, day), isNew);
  };
  const onPointer = (event: PointerEvent) => {
    const day = dayAt(event);
    if (!day || event.pointerType !== "mouse") return;
    if (event.type === "pointerdown" && event.button === 0) {
      isDragging.current = true;
      choose(day, event.shiftKey);
    } else if (event.type === "pointerover" && isDragging.current) choose(day, true);
  };
  const onClick = (event: MouseEvent) => {
    const day = dayAt(event);
    // A press of the mouse has chosen already, and the drag it began may have come back to where it started.
    if (day && (event.detail === 0 || !isMouse(event))) choose(day, event.shiftKey);
  };

  const own = new Map(props.overrides.map((overridden) => [overridden.day, overridden]));
  return (
    <div>
      <div className="-mt-2 flex items-center justify-between pb-1">
        <h3 id={headingId} aria-live="polite" className="pl-1 font-semibold">
          {formatMonth(month, locale)}
        </h3>
        <div className="flex">
          <IconButton
            label="Previous month"
            disabled={month <= firstMonth}
            onClick={() => onMonth(addMonths(month, -1))}
            Icon={ChevronLeft}
          />
          <IconButton
            label="Next month"
            disabled={month >= lastMonth}
            onClick={() => onMonth(addMonths(month, 1))}
            Icon={ChevronRight}
          />
        </div>
      </div>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the date grid of the ARIA practices
        role="grid"
        aria-labelledby={headingId}
        aria-multiselectable="true"
        className="w-full table-fixed border-separate border-spacing-0.5"
      >
        <WeekdayHead weekStart={weekStart} locale={locale} />
        <tbody
          ref={body}
          onKeyDown={onKeyDown}
          onPointerDown={onPointer}
          onPointerOver={onPointer}
          onClick={onClick}
        >
          {monthGrid(month, weekStart).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, place) =>
                day ? (
                  <DayCell key={day} {...props} day={day} overridden={own.get(day)} isStop={day === stop} />
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an empty place is its position
                  <td key={place} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Legend />
    </div>
  );
}

type DayCellProps = Props & { day: Day; overridden: OverriddenDay | undefined; isStop: boolean };

function DayCell({ day, overridden, isStop, today, selection, weekly, locale, hour12 }: DayCellProps) {
  const isPast = day < today;
  const isSelected = selection !== null && day >= selection.firstDay && day <= selection.lastDay;
  const hours = overridden?.hours ?? weeklyOn(weekly, day);
  const Mark = overridden && (overridden.hours.length === 0 ? Ban : Clock);
  const words = `${overridden ? "own hours: " : ""}${hoursText(hours, hour12)}`;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the date grid
    <td role="gridcell" aria-selected={isSelected} aria-disabled={isPast} className="p-0 text-center">
      <button
        type="button"
        data-day={day}
        tabIndex={isStop ? 0 : -1}
        aria-label={`${formatDay(day, locale)}, ${isPast ? "past" : words}`}
        aria-disabled={isPast}
        aria-current={day === today ? "date" : undefined}
        className={clsx(
          "relative grid h-11 w-full select-none place-items-center rounded-md text-[0.9375rem] tabular-nums transition-colors sm:h-12",
          isPast && "cursor-default text-faint opacity-60",
          !isPast && isSelected && "bg-accent font-semibold text-on-accent forced-colors:outline-2",
          !isPast && !isSelected && overridden && "bg-sunken font-semibold text-ink hover:bg-accent-soft",
          !isPast && !isSelected && !overridden && "hover:bg-sunken",
          !isPast && !isSelected && !overridden && hours.length === 0 && "text-faint",
          day === today && !isSelected && "ring-1 ring-line-strong ring-inset",
        )}
      >
        <span className={clsx(Mark && "-translate-y-1.5", overridden?.hours.length === 0 && "line-through")}>
          {Number(day.slice(8))}
        </span>
        {Mark && <Mark aria-hidden="true" className="absolute bottom-1.5 size-3.5" />}
      </button>
    </td>
  );
}

function Legend() {
  return (
    <ul aria-hidden="true" className="flex flex-wrap gap-x-5 gap-y-1 pt-3 pl-1 text-muted text-sm">
      <li className="flex items-center gap-1.5">
        <Clock className="size-3.5" /> Other hours
      </li>
      <li className="flex items-center gap-1.5">
        <Ban className="size-3.5" /> Closed
      </li>
      <li>No mark: weekly hours</li>
    </ul>
  );
}

function dayAt({ target }: { target: EventTarget }): Day | null {
  return (target as Element).closest<HTMLElement>("[data-day]")?.dataset.day ?? null;
}

/** Clicks are pointer events where browsers follow the standard. */
function isMouse({ nativeEvent }: MouseEvent): boolean {
  return (nativeEvent as globalThis.PointerEvent).pointerType === "mouse";
}
