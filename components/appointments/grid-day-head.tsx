import clsx from "clsx";
import { type Clock, dayOf, formatDay } from "@/lib/time";

type Props = { date: Date; dayNumberText: string; isToday: boolean; isMonth: boolean; clock: Clock };

/** The head of a column: its weekday and, where it is one day, its number, in a circle today. */
export function GridDayHead({ date, dayNumberText, isToday, isMonth, clock }: Props) {
  const weekday = formatDay(dayOf(date, clock.timeZone), clock.locale, { weekday: "short" });
  return (
    <span className="flex items-center gap-1 text-[0.8125rem] text-muted max-sm:flex-col max-sm:gap-0">
      <span>{weekday}</span>
      {!isMonth && (
        <>
          {" "}
          <span
            className={clsx(
              "grid h-7 min-w-7 place-items-center rounded-full px-1 font-medium text-base tabular-nums",
              isToday ? "bg-accent text-on-accent" : "text-ink",
            )}
          >
            {dayNumberText}
          </span>
        </>
      )}
    </span>
  );
}
