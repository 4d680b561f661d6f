"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ProjectNode } from "@/lib/projects/list";
import type { StoredTime } from "@/lib/providers/recurrence";
import { type Clock, dayOf, zoneCity } from "@/lib/time";
import type { CalendarActions } from "./calendar-actions";
import { CalendarBody } from "./calendar-body";
import { CalendarDialogs, type Opened } from "./calendar-dialogs";
import { CalendarSkeleton } from "./calendar-skeleton";
import { CalendarToolbar } from "./calendar-toolbar";
import { isFeed, type ShownItem } from "./feed-item";
import { bookingHref } from "./item";
import { KeysHelp } from "./keys-help";
import type { Feed } from "./source";
import { SourceFilter } from "./source-filter";
import { useItems } from "./use-items";
import { useKeys, useKeysWanted } from "./use-keys";
import { useMoves } from "./use-moves";
import { useNow } from "./use-now";
import { usePlace } from "./use-place";
import { type Reader, useReader } from "./use-reader";
import { useSwipe } from "./use-swipe";
import { daysOf, titleOf, turn, type View } from "./views";
import { instantOf, later, offsetsOf, wallAt } from "./wall";

type Props = {
  projects: ProjectNode[];
  /** Subscribed calendars. */
  feeds: Feed[];
  actions: CalendarActions;
  /** The host's zone, in the reader's words. */
  clock: Clock;
  /** When the page was read; what changed since then is read again with it. */
  readAt: number;
};

/** All that the viewer sees, by month, week or day, or as a list; to look at and to change. */
export function Calendar(props: Props) {
  const reader = useReader();
  return reader ? <OpenCalendar {...props} reader={reader} /> : <CalendarSkeleton hasToolbar />;
}

function OpenCalendar({ projects, feeds, actions, clock, readAt, reader }: Props & { reader: Reader }) {
  const { weekStart, isPhone } = reader;
  const { push } = useRouter();
  const { place, go } = usePlace();
  const now = useNow();
  const today = dayOf(now, clock.timeZone);
  const view = viewFor(place.view, isPhone);
  const day = place.day ?? today;
  const span = daysOf(view, day, weekStart);
  const { sources, ...found } = useItems({
    ...place,
    ...span,
    view,
    day,
    projects,
    feeds,
    weekStart,
    readAt,
  });
  const moves = useMoves({ actions, clock });
  const [opened, setOpened] = useState<Opened | null>(null);
  const [isHelping, setHelping] = useState(false);
  const [hasKeys, setKeys] = useKeysWanted();

  const look = (next: View) => go({ view: next });
  const leaf = (by: 1 | -1) => go({ view, day: turn(view, day, by) });
  const backToToday = () => go({ day: null });
  const show = (target: Opened["target"]) =>
    setOpened((known) => ({ target, isOpen: true, turn: (known?.turn ?? 0) + 1 }));
  const open = (item: ShownItem) => {
    if (isFeed(item)) show({ feedItem: item });
    else if (item.bookingId) push(bookingHref(item));
    else show({ item });
  };
  const add = (time: StoredTime = nextHour(day, now, clock)) => show({ time });
  useKeys(
    {
      ...{ t: backToToday, m: () => look("month"), w: () => look("week"), d: () => look("day") },
      ...{ l: () => look("list"), n: () => add(), "?": () => setHelping(true) },
      ...{ arrowleft: () => leaf(-1), arrowright: () => leaf(1) },
    },
    hasKeys && !opened?.isOpen,
  );
  const swipe = useSwipe(leaf);

  return (
    <div data-wide className="flex flex-col gap-3">
      <CalendarToolbar
        title={titleOf(view, day, weekStart, clock.locale)}
        view={view}
        isToday={view === "list" ? day === today : span.from <= today && today < span.to}
        onView={look}
        onTurn={leaf}
        onToday={backToToday}
        onNew={() => add()}
        onHelp={() => setHelping(true)}
      />
      <SourceFilter
        sources={sources}
        hidden={place.hidden}
        onChange={(hidden) => go({ hidden }, "replace")}
      />
      <div {...swipe}>
        <CalendarBody
          {...{ view, day, span, today, clock, weekStart, isPhone, found }}
          isFiltered={place.hidden.length > 0}
          onOpen={open}
          onNew={add}
          onMove={moves.drag}
          onDay={(chosen) => go({ view: "day", day: chosen })}
        />
      </div>
      <p className="text-muted text-sm">
        {found.isEmpty && view !== "list" && "Nothing here yet. Click an empty place, or drag over one. "}
        Times are in {zoneCity(clock.timeZone)} time ({offsetsOf(span, clock.timeZone)}).
      </p>
      <KeysHelp open={isHelping} onOpenChange={setHelping} isOn={hasKeys} onSwitch={setKeys} />
      <CalendarDialogs
        {...{ opened, moves, actions, projects, clock }}
        onClose={() => setOpened((known) => known && { ...known, isOpen: false })}
      />
    </div>
  );
}

/** A phone begins with the list, and has no room for a week. */
function viewFor(wanted: View | null, isPhone: boolean): View {
  if (isPhone) return wanted === null || wanted === "week" ? "list" : wanted;
  return wanted ?? "week";
}

/** The next whole hour of today, or a morning's of another day. */
function nextHour(day: string, now: Date, { timeZone }: Clock): StoredTime {
  const wall = wallAt(now, timeZone);
  const start = later({ day, time: day === wall.day ? `${wall.time.slice(0, 2)}:00` : "08:00" }, 60);
  return {
    kind: "timed",
    startsAt: instantOf(start, timeZone).toISOString(),
    endsAt: instantOf(later(start, 60), timeZone).toISOString(),
  };
}
