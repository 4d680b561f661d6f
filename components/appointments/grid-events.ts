import type { StoredTime } from "@/lib/providers/recurrence";
import { isFeed, keyOf, type ShownItem } from "./feed-item";
import { bookingHref } from "./item";
import { colorOf } from "./source";

export type GridEvent = {
  allDay: boolean;
  start: Date | null;
  end: Date | null;
  startStr: string;
  endStr: string;
} & {
  extendedProps: Record<string, unknown>;
};

/** An item as FullCalendar draws it. */
export function toEvent(item: ShownItem) {
  const { time } = item;
  return {
    id: keyOf(item),
    title: item.title,
    color: colorOf(item),
    editable: !isFeed(item) && item.isEditable && !item.bookingId,
    ...(!isFeed(item) && item.bookingId && { url: bookingHref(item) }),
    ...(time.kind === "allDay"
      ? { allDay: true, start: time.startDay, end: time.endDay }
      : { allDay: false, start: time.startsAt, end: time.endsAt }),
    extendedProps: { item },
  };
}

// FullCalendar keeps what it is given and does not know its type.
export const itemOf = ({ extendedProps }: Pick<GridEvent, "extendedProps">) =>
  extendedProps.item as ShownItem;

export function timeOf({ allDay, start, end, startStr, endStr }: GridEvent): StoredTime {
  if (allDay) return { kind: "allDay", startDay: startStr.slice(0, 10), endDay: endStr.slice(0, 10) };
  const startsAt = start ?? new Date(startStr);
  return { kind: "timed", startsAt: startsAt.toISOString(), endsAt: (end ?? startsAt).toISOString() };
}
