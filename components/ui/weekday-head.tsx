import { type Weekday, weekdayNames } from "@/lib/time";

type Props = { weekStart: Weekday; locale: string };

/** The head of a month's table: short names to see, long ones to hear. */
export function WeekdayHead({ weekStart, locale }: Props) {
  const short = weekdayNames(weekStart, locale, "short");
  return (
    <thead>
      <tr>
        {weekdayNames(weekStart, locale, "long").map((name, place) => (
          <th key={name} scope="col" className="pb-2 font-medium text-[0.8125rem] text-muted">
            <span aria-hidden="true">{short[place]}</span>
            <span className="sr-only">{name}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}
