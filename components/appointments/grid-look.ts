import type { CalendarOptions } from "@fullcalendar/react";
import clsx from "clsx";
import { isFeed, type ShownItem } from "./feed-item";
import { itemOf } from "./grid-events";

/*
 * The look of the grid: FullCalendar brings the places alone (skeleton.css), colours and type are ours. An item's ground
 * is a tint of its colour, its words are ink: readable on each colour, in the light and in the dark.
 */
const itemClass =
  "rounded-sm border-s-[3px] border-(--fc-event-color) text-ink no-underline transition-colors hover:bg-[color-mix(in_oklab,var(--fc-event-color)_26%,var(--raised))] forced-colors:border";
const ownGround = "bg-[color-mix(in_oklab,var(--fc-event-color)_16%,var(--raised))]";
// What can only be read is fainter, with stripes; what takes no time has no ground at all.
const feedGround =
  "bg-[color-mix(in_oklab,var(--fc-event-color)_7%,var(--raised))] bg-[image:repeating-linear-gradient(-45deg,transparent_0_5px,color-mix(in_oklab,var(--fc-event-color)_6%,transparent)_5px_10px)]";
const freeGround =
  "bg-raised inset-ring-1 inset-ring-[color-mix(in_oklab,var(--fc-event-color)_35%,transparent)]";

function groundOf(event: Parameters<typeof itemOf>[0]): string {
  // What is dragged over has no item yet.
  const item: ShownItem | undefined = itemOf(event);
  if (!item || !isFeed(item)) return ownGround;
  return clsx(item.busy ? feedGround : freeGround, item.status === "cancelled" && "line-through");
}
const grip = "absolute opacity-0 group-hover:opacity-100";
const touchGrip = "absolute size-3 rounded-full border-2 border-(--fc-event-color) bg-raised";

export const gridLook: CalendarOptions = {
  eventColor: "var(--accent)",
  className: "text-sm",
  viewClass: "overflow-hidden rounded-lg border border-line bg-surface",
  tableHeaderClass: "bg-surface",
  dayHeaderRowClass: "border-line border-b",
  dayHeaderAlign: ({ inPopover }) => (inPopover ? "start" : "center"),
  dayHeaderClass: "min-w-0",
  dayHeaderInnerClass: ({ inPopover }) => (inPopover ? "p-3" : "px-1 py-2"),
  dayHeaderDividerClass: "border-line border-b",
  // Each place has all its lines; FullCalendar takes away those that would be double.
  dayRowClass: "border border-line",
  dayCellClass: ({ isOther, isToday, inPopover }) =>
    clsx(
      !inPopover && "border border-line",
      isOther && "bg-sunken/50",
      isToday && !inPopover && "bg-accent-soft/45",
    ),
  dayCellTopClass: ({ view: { type } }) => clsx(type === "dayGridMonth" && "flex justify-center pt-1.5 pb-1"),
  dayCellTopInnerClass: ({ isToday, isOther }) =>
    clsx(
      "grid h-6 min-w-6 place-items-center rounded-full px-1.5 text-[0.8125rem] tabular-nums",
      isToday ? "bg-accent font-semibold text-on-accent" : isOther ? "text-muted" : "text-ink",
    ),
  dayCellInnerClass: "min-h-8 pt-0.5",
  dayLaneClass: ({ isToday }) => clsx("border border-line", isToday && "bg-accent-soft/45"),
  dayLaneInnerClass: "mx-px",
  slotLaneClass: ({ isMinor }) => clsx("border border-line", isMinor && "border-dotted"),
  slotHeaderClass: "justify-end",
  slotHeaderInnerClass: "relative -top-2.5 px-2 text-muted text-xs tabular-nums",
  slotHeaderDividerClass: "border-line border-e",
  allDayHeaderClass: "items-center justify-end",
  allDayHeaderInnerClass: "px-2 py-1.5 text-end text-muted text-xs",
  allDayDividerClass: "border-line border-b",
  nowIndicatorLineClass: "border-danger border-t-2 z-10",
  nowIndicatorDotClass: "size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full bg-danger z-10",
  highlightClass: "bg-accent-soft",
  eventClass: ({ isDragging, isSelected, event }) =>
    clsx(
      "group",
      isDragging && "opacity-80 shadow-pop",
      isSelected && "ring-2 ring-ring",
      event.extendedProps.isMirror && "opacity-60",
    ),
  blockEventClass: "relative",
  rowEventClass: ({ isStart, isEnd, event }) =>
    clsx(
      "mb-0.5 min-h-6",
      itemClass,
      groundOf(event),
      isStart ? "ms-0.5" : "rounded-s-none",
      isEnd ? "me-0.5" : "rounded-e-none",
    ),
  rowEventInnerClass: "flex items-center px-1.5",
  rowEventBeforeClass: ({ isStartResizable, isSelected }) =>
    clsx(
      isStartResizable &&
        (isSelected ? `${touchGrip} -start-1.5 top-1/2 -translate-y-1/2` : `${grip} inset-y-0 start-0 w-2`),
    ),
  rowEventAfterClass: ({ isEndResizable, isSelected }) =>
    clsx(
      isEndResizable &&
        (isSelected ? `${touchGrip} -end-1.5 top-1/2 -translate-y-1/2` : `${grip} inset-y-0 end-0 w-2`),
    ),
  columnEventClass: ({ event }) => clsx("outline-1 outline-surface", itemClass, groundOf(event)),
  columnEventInnerClass: ({ isShort }) => clsx("overflow-hidden px-1.5", isShort ? "pt-px" : "py-1"),
  columnEventBeforeClass: ({ isStartResizable, isSelected }) =>
    clsx(
      isStartResizable && (isSelected ? `${touchGrip} -top-1.5 start-2` : `${grip} inset-x-0 top-0 h-1.5`),
    ),
  columnEventAfterClass: ({ isEndResizable, isSelected }) =>
    clsx(
      isEndResizable && (isSelected ? `${touchGrip} -bottom-1.5 end-2` : `${grip} inset-x-0 bottom-0 h-1.5`),
    ),
  listItemEventClass: ({ event }) => clsx("mx-0.5 mb-0.5 min-h-6", itemClass, groundOf(event)),
  listItemEventInnerClass: "flex items-center px-1.5",
  moreLinkClass: "rounded-sm text-muted hover:bg-sunken hover:text-ink",
  rowMoreLinkClass: "mx-0.5 flex min-h-6 items-center px-1.5 text-xs",
  columnMoreLinkClass: "bg-sunken px-1 text-xs",
  popoverClass: "z-30 min-w-60 rounded-md bg-raised pb-2 shadow-pop",
  popoverCloseClass:
    "absolute end-1 top-1 grid size-9 place-items-center rounded-md text-muted hover:bg-sunken",
};
