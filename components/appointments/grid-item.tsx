import clsx from "clsx";
import { CalendarCheck, Repeat2, Rss } from "lucide-react";
import type { Clock } from "@/lib/time";
import { type FeedItem, isFeed, type ShownItem } from "./feed-item";
import { sourceOf } from "./source";
import { whenText } from "./times";

type Props = {
  item: ShownItem;
  clock: Clock;
  /** Of the part that is drawn. */
  timeText: string;
  /** One line. */
  isShort: boolean;
  isNarrow: boolean;
};

/** An item in the grid. What a place says to the eye is said in words to the ear. */
export function GridItem({ item, clock, timeText, isShort, isNarrow }: Props) {
  const Icon = iconOf(item);
  const location = isFeed(item) ? null : item.location;
  return (
    <>
      <span className="sr-only">
        {item.title}, {itemWords(item, clock)}
      </span>
      <div
        aria-hidden="true"
        className={clsx(
          "@container min-w-0 flex-1 leading-[1.15rem]",
          isNarrow ? "text-[0.6875rem]" : "text-[0.8125rem]",
        )}
      >
        <div className={clsx("flex min-w-0", isShort ? "items-center gap-1.5" : "flex-col")}>
          <span className="flex min-w-0 items-start gap-1 font-medium">
            {Icon && !(isNarrow && isShort) && <Icon className="mt-[0.2rem] size-3 shrink-0 text-muted" />}
            <span className={clsx("min-w-0", isShort ? "truncate" : "wrap-anywhere line-clamp-3")}>
              {item.title}
            </span>
          </span>
          {timeText && (
            <span
              className={clsx(
                "truncate text-muted text-xs tabular-nums",
                // On one line the title comes first.
                isShort ? "hidden shrink-0 @min-[7rem]:block" : "block",
              )}
            >
              {timeText}
            </span>
          )}
          {!isShort && location && <span className="truncate text-muted text-xs">{location}</span>}
        </div>
      </div>
    </>
  );
}

/** What it is, beside its title. */
export function iconOf(item: ShownItem) {
  if (isFeed(item)) return Rss;
  if (item.bookingId) return CalendarCheck;
  return item.isRecurring ? Repeat2 : null;
}

/** All that is to know of an item but its title. */
export function itemWords(item: ShownItem, clock: Clock): string {
  const words = isFeed(item)
    ? [sourceOf(item).name, "subscribed", stateWords(item)]
    : [item.location, item.bookingId ? "booking" : sourceOf(item).name, item.isRecurring && "repeats"];
  return [whenText(item.time, clock), ...words].filter(Boolean).join(", ");
}

/** What is to be said of an event of a feed that does not simply take place. */
export function stateWords({ status, busy }: Pick<FeedItem, "status" | "busy">): string | null {
  if (status === "cancelled") return "cancelled";
  if (status === "tentative") return "tentative";
  return busy ? null : "free";
}
