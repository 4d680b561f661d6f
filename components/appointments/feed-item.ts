import type { StoredTime } from "@/lib/providers/recurrence";
import type { FeedOccurrence, LocalDecision } from "@/lib/subscriptions/view";
import { type CalendarItem, idOf, type Source } from "./item";
import { type ToldTime, timeOfTold } from "./told-time";

/** One occurrence of a subscribed calendar's event: to look at, and to decide about for oneself. */
export type FeedItem = Pick<
  FeedOccurrence,
  "subscriptionId" | "eventId" | "occurrenceKey" | "title" | "status" | "busy" | "color"
> & {
  time: StoredTime;
  localChange: LocalDecision | null;
  /** Its subscription. */
  source: Source;
};

/** Whatever the calendar shows. */
export type ShownItem = CalendarItem | FeedItem;

export const isFeed = (item: ShownItem): item is FeedItem => "subscriptionId" in item;

/** Names it among all that is shown. */
export const keyOf = (item: ShownItem): string =>
  isFeed(item) ? `${item.subscriptionId}/${item.eventId}/${item.occurrenceKey}` : idOf(item);

/** The same as /api/v1/calendar-subscriptions/events tells it. */
export type ToldEvent = Pick<FeedOccurrence, "title" | "status" | "busy" | "color"> & {
  subscription_id: string;
  event_id: string;
  occurrence_key: string;
  time: ToldTime;
  local_change: LocalDecision | null;
};

export const feedItemOf = ({
  title,
  status,
  busy,
  color,
  time,
  ...told
}: ToldEvent): Omit<FeedItem, "source"> => ({
  ...{ title: title || "Without a title", status, busy, color },
  subscriptionId: told.subscription_id,
  eventId: told.event_id,
  occurrenceKey: told.occurrence_key,
  time: timeOfTold(time),
  localChange: told.local_change,
});
