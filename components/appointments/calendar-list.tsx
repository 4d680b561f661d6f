import { CalendarDays, MapPin, Plus } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { addDays, type Clock, type Day, formatDay } from "@/lib/time";
import { isFeed, keyOf, type ShownItem } from "./feed-item";
import { iconOf, stateWords } from "./grid-item";
import { bookingHref } from "./item";
import { colorOf, sourceOf } from "./source";
import { daysOn, timeText } from "./times";

type Props = {
  from: Day;
  /** Exclusive. */
  to: Day;
  today: Day;
  items: ShownItem[];
  /** Something is hidden by the filter. */
  isFiltered: boolean;
  clock: Clock;
  onOpen: (item: ShownItem) => void;
  onNew: () => void;
};

/** What lies ahead, day by day: the calendar for small screens, and for whoever listens to it. */
export function CalendarList({ from, to, today, items, isFiltered, clock, onOpen, onNew }: Props) {
  const days = byDay(items, { from, to, timeZone: clock.timeZone });
  if (days.length === 0)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState
          icon={CalendarDays}
          title={isFiltered ? "Nothing of what is shown" : "Nothing in these four weeks"}
          description={
            isFiltered
              ? "Something may be there that the filter hides."
              : "Appointments and bookings appear here, with those of the projects you see."
          }
          action={
            <Button onClick={onNew}>
              <Plus aria-hidden="true" />
              New appointment
            </Button>
          }
        />
      </div>
    );
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      {days.map(({ day, ofDay }) => (
        <section key={day} aria-label={dayWords(day, today, clock.locale)}>
          <h2 className="border-line border-y bg-sunken/60 px-4 py-2 font-medium text-muted text-sm tracking-normal">
            {dayWords(day, today, clock.locale)}
          </h2>
          <ul className="divide-y divide-line">
            {ofDay.map((item) => (
              <li key={keyOf(item)}>
                <Row item={item} clock={clock} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const rowClass =
  "flex min-h-14 w-full items-stretch gap-3 px-4 py-2.5 text-start transition-colors hover:bg-sunken focus-visible:-outline-offset-2";

function Row({ item, clock, onOpen }: { item: ShownItem; clock: Clock; onOpen: Props["onOpen"] }) {
  const words = <RowWords item={item} clock={clock} />;
  if (!isFeed(item) && item.bookingId)
    return (
      <Link href={bookingHref(item)} className={rowClass}>
        {words}
      </Link>
    );
  return (
    <button type="button" onClick={() => onOpen(item)} className={rowClass}>
      {words}
    </button>
  );
}

function RowWords({ item, clock }: { item: ShownItem; clock: Clock }) {
  const Icon = iconOf(item);
  const { location, isRecurring, where } = partsOf(item);
  return (
    <>
      <span
        aria-hidden="true"
        className="w-1 shrink-0 rounded-full"
        style={{ backgroundColor: colorOf(item) }}
      />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex min-w-0 items-center gap-1.5 font-medium text-[0.9375rem]">
          <span className="wrap-anywhere min-w-0">{item.title}</span>
          {Icon && <Icon aria-hidden="true" className="size-3.5 shrink-0 text-muted" />}
          {isRecurring && <span className="sr-only">, repeats</span>}
        </span>
        <span className="text-muted text-sm tabular-nums">{timeText(item.time, clock)}</span>
        <span className="flex min-w-0 flex-wrap gap-x-3 text-muted text-sm">
          <span className="wrap-anywhere">{where}</span>
          {location && (
            <span className="wrap-anywhere flex items-center gap-1">
              <MapPin aria-hidden="true" className="size-3.5 shrink-0" />
              {location}
            </span>
          )}
        </span>
      </span>
    </>
  );
}

function partsOf(item: ShownItem) {
  const { name } = sourceOf(item);
  if (isFeed(item)) {
    const state = stateWords(item);
    return { location: null, isRecurring: false, where: state ? `${name} · ${state}` : name };
  }
  const { location, isRecurring, bookingId } = item;
  return { location, isRecurring, where: bookingId ? "Booking" : name };
}

function byDay(items: ShownItem[], { from, to, timeZone }: { from: Day; to: Day; timeZone: string }) {
  const days: { day: Day; ofDay: ShownItem[] }[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) {
    const ofDay = items
      .filter(({ time }) => {
        const { first, last } = daysOn(time, timeZone);
        return first <= day && day <= last;
      })
      .sort((one, other) => startOf(one).localeCompare(startOf(other)));
    if (ofDay.length > 0) days.push({ day, ofDay });
  }
  return days;
}

// What takes the whole day comes first.
const startOf = ({ time }: ShownItem) => (time.kind === "allDay" ? "" : time.startsAt);

function dayWords(day: Day, today: Day, locale: string): string {
  const words = formatDay(day, locale, { weekday: "long", day: "numeric", month: "long" });
  if (day === today) return `Today, ${words}`;
  return day === addDays(today, 1) ? `Tomorrow, ${words}` : words;
}
