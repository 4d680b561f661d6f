"use client";

import "@fullcalendar/react/skeleton.css";
import FullCalendar, { type CalendarRef } from "@fullcalendar/react";
import dayGridPlugin from "@fullcalendar/react/daygrid";
import interactionPlugin from "@fullcalendar/react/interaction";
import timeGridPlugin from "@fullcalendar/react/timegrid";
import { X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { StoredTime } from "@/lib/providers/recurrence";
import { addDays, type Clock, type Day, dayOf, formatDay, type Weekday } from "@/lib/time";
import { isFeed, type ShownItem } from "./feed-item";
import { GridDayHead } from "./grid-day-head";
import { type GridEvent, itemOf, timeOf, toEvent } from "./grid-events";
import { GridItem } from "./grid-item";
import { gridLook } from "./grid-look";
import { gridBehaviour, timeFormats } from "./grid-options";
import type { CalendarItem } from "./item";
import type { View } from "./views";
import { instantOf } from "./wall";

type Props = {
  view: Exclude<View, "list">;
  day: Day;
  items: ShownItem[];
  clock: Clock;
  weekStart: Weekday;
  isPhone: boolean;
  onOpen: (item: ShownItem) => void;
  /** An empty range was clicked, or dragged over. */
  onNew: (time: StoredTime) => void;
  /** Somebody dragged it there; `putBack` when it does not stay. */
  onMove: (item: CalendarItem, time: StoredTime, putBack: () => void) => void;
  onDay: (day: Day) => void;
};

const viewNames = { month: "dayGridMonth", week: "timeGridWeek", day: "timeGridDay" } as const;

/** The month, week or day as a grid to drag in. Heavy: load it where it is looked at. */
export default function CalendarGrid({ view, day, items, clock, weekStart, isPhone, ...on }: Props) {
  const calendar = useRef<CalendarRef>(null);
  const shown = useRef({ view, day });
  useEffect(() => {
    if (shown.current.view === view && shown.current.day === day) return;
    shown.current = { view, day };
    calendar.current?.getApi().changeView(viewNames[view], day);
  }, [view, day]);

  // What arrives while somebody drags waits until they let go.
  const [held, setHeld] = useState<ShownItem[] | null>(null);
  const shownItems = held ?? items;
  const events = useMemo(() => shownItems.map(toEvent), [shownItems]);
  const format = useMemo(() => timeFormats(clock), [clock]);
  return (
    <FullCalendar
      {...gridLook}
      {...gridBehaviour}
      {...format}
      ref={calendar}
      plugins={plugins}
      initialView={viewNames[view]}
      initialDate={day}
      timeZone={clock.timeZone}
      locale={clock.locale}
      firstDay={weekStart}
      events={events}
      eventContent={({ event, timeText, isMirror, isShort, isNarrow, view: { type } }) =>
        // What is dragged over has no item yet.
        isMirror && !event.id ? (
          timeText
        ) : (
          <GridItem
            item={itemOf(event)}
            clock={clock}
            timeText={timeText}
            isShort={isShort || type === "dayGridMonth" || event.allDay}
            isNarrow={isNarrow}
          />
        )
      }
      dayHeaderContent={(info) =>
        info.inPopover ? (
          <span className="font-medium">{info.text}</span>
        ) : (
          <GridDayHead {...info} clock={clock} isMonth={info.view.type === "dayGridMonth"} />
        )
      }
      // Its name begins with what is seen of it.
      dayHeaderDidMount={({ el, date }) =>
        el
          .querySelector("[role=link]")
          ?.setAttribute("aria-label", formatDay(dayOf(date, clock.timeZone), clock.locale, spoken))
      }
      viewDidMount={({ el, view: { type } }) => type !== "dayGridMonth" && letKeysScroll(el)}
      popoverCloseContent={() => <X aria-hidden="true" className="size-4" />}
      navLinkDayClick={(date) => on.onDay(dayOf(date, clock.timeZone))}
      eventClick={({ event, jsEvent }) => {
        jsEvent.preventDefault();
        on.onOpen(itemOf(event));
      }}
      dateClick={({ date, dateStr, allDay, view: { type } }) => {
        const isMonth = type === "dayGridMonth";
        const clickedDay = dateStr.slice(0, 10);
        // A phone's month is too small to add to; it shows where to look.
        if (isMonth && isPhone) on.onDay(clickedDay);
        else on.onNew(clicked(date, clickedDay, allDay, isMonth));
      }}
      select={({ start, end, startStr, endStr, allDay }) =>
        on.onNew(
          allDay
            ? { kind: "allDay", startDay: startStr.slice(0, 10), endDay: endStr.slice(0, 10) }
            : { kind: "timed", startsAt: start.toISOString(), endsAt: end.toISOString() },
        )
      }
      eventDragStart={() => setHeld(items)}
      eventDragStop={() => setHeld(null)}
      eventResizeStart={() => setHeld(items)}
      eventResizeStop={() => setHeld(null)}
      eventDrop={move}
      eventResize={move}
    />
  );

  function move({ event, revert }: { event: GridEvent; revert: () => void }): void {
    const item = itemOf(event);
    if (isFeed(item)) revert();
    else on.onMove(item, timeOf(event), revert);
  }

  /** In a month a day is clicked, not a time: a morning's hour is as good as any. */
  function clicked(at: Date, on: Day, isAllDay: boolean, isMonth: boolean): StoredTime {
    if (isAllDay && !isMonth) return { kind: "allDay", startDay: on, endDay: addDays(on, 1) };
    const start = isMonth ? instantOf({ day: on, time: "09:00" }, clock.timeZone) : at;
    const end = new Date(start.getTime() + 3_600_000);
    return { kind: "timed", startsAt: start.toISOString(), endsAt: end.toISOString() };
  }
}

const spoken = { weekday: "short", day: "numeric", month: "long", year: "numeric" } as const;
const plugins = [dayGridPlugin, timeGridPlugin, interactionPlugin];

/** Hours that nothing is in can be scrolled with the keyboard, too: something in there takes the focus. */
function letKeysScroll(view: HTMLElement): void {
  for (const each of view.querySelectorAll<HTMLElement>("div"))
    if (each.style.overflowY === "auto")
      each.querySelector<HTMLElement>("[role=row]")?.setAttribute("tabindex", "0");
}
