import type { StoredTime } from "@/lib/providers/recurrence";
import { bookingHref, type CalendarItem, idOf } from "./item";
import { sourceOf } from "./source";

type GridEvent = {
  allDay: boolean;
  start: Date | null;
  end: Date | null;
  startStr: string;
  endStr: string;
} & {
  extendedProps: Record<string, unknown>;
};

/** An item as FullCalendar draws it. */
export function toEvent(item: CalendarItem) {
  const { time } = item;
  const isMovable = item.isEditable && !item.bookingId;
  return {
    id: idOf(item),
    title: item.title,
    color: sourceOf(item).color,
    editable: isMovable,
    ...(item.bookingId && { url: bookingHref(item) }),
    ...(time.kind === "allDay"
      ? { allDay: true, start: time.startDay, end: time.endDay }
      : { allDay: false, start: time.startsAt, end: time.endsAt }),
    extendedProps: { item },
  };
}

// FullCalendar keeps what it is given and does not know its type.
export const itemOf = ({ extendedProps }: Pick<GridEvent, "extendedProps">) =>
  extendedProps.item as CalendarItem;

export function timeOf({ allDay, start, end, startStr, endStr }: GridEvent): StoredTime {
  if (allDay) return { kind: "allDay", startDay: startStr.slice(0, 10), endDay: endStr.slice(0, 10) };
  const startsAt = start ?? new Date(startStr);
  return { kind: "timed", startsAt: startsAt.toISOString(), endsAt: (end ?? startsAt).toISOString() };
}
