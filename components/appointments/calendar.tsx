"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { ProjectNode } from "@/lib/projects/list";
import type { StoredTime } from "@/lib/providers/recurrence";
import { type Clock, dayOf, formatOffset, zoneCity } from "@/lib/time";
import { AppointmentDialog, type Target } from "./appointment-dialog";
import type { CalendarActions } from "./calendar-actions";
import { CalendarList } from "./calendar-list";
import { CalendarSkeleton } from "./calendar-skeleton";
import { CalendarToolbar } from "./calendar-toolbar";
import { ConflictDialog } from "./conflict-dialog";
import type { CalendarItem } from "./item";
import { itemsKey, itemsQuery } from "./items-query";
import { KeysHelp } from "./keys-help";
import { RangeDialog } from "./range-dialog";
import { personal, sourceOf, sourcesOf } from "./source";
import { SourceFilter } from "./source-filter";
import { useKeys, useKeysWanted } from "./use-keys";
import { useMoves } from "./use-moves";
import { useNow } from "./use-now";
import { usePlace } from "./use-place";
import { type Reader, useReader } from "./use-reader";
import { useSwipe } from "./use-swipe";
import { daysOf, titleOf, turn, type View } from "./views";
import { instantOf, later, wallAt } from "./wall";

type Props = {
  projects: ProjectNode[];
  actions: CalendarActions;
  /** The host's zone, in the reader's words. */
  clock: Clock;
  /** When the page was read; what changed since then is read again with it. */
  readAt: number;
};

const CalendarGrid = dynamic(() => import("./calendar-grid"), {
  ssr: false,
  loading: () => <CalendarSkeleton />,
});

export function Calendar(props: Props) {
  const reader = useReader();
  return reader ? <OpenCalendar {...props} reader={reader} /> : <CalendarSkeleton hasToolbar />;
}

function OpenCalendar({ projects, actions, clock, readAt, reader }: Props & { reader: Reader }) {
  const { weekStart, isPhone } = reader;
  const { push } = useRouter();
  const { place, go } = usePlace();
  const now = useNow();
  const today = dayOf(now, clock.timeZone);
  const wanted = place.view ?? (isPhone ? "list" : "week");
  const view = isPhone && wanted === "week" ? "list" : wanted;
  const day = place.day ?? today;
  const span = daysOf(view, day, weekStart);
  const { items, sources, isEmpty, isPending, isError, refetch } = useItems(
    { ...place, ...span, view, day },
    projects,
    reader,
    readAt,
  );
  const moves = useMoves({ actions, clock });
  const client = useQueryClient();
  const [dialog, setDialog] = useState<{ target: Target; isOpen: boolean } | null>(null);
  const [isHelping, setHelping] = useState(false);
  const [hasKeys, setKeys] = useKeysWanted();

  const look = (next: View) => go({ view: next, day: place.day });
  const leaf = (by: 1 | -1) => go({ view, day: turn(view, day, by) });
  const open = (item: CalendarItem) =>
    item.bookingId ? push(bookingsAt(item, now)) : setDialog({ target: { item }, isOpen: true });
  const add = (time = nextHour(day, now, clock)) => setDialog({ target: { time }, isOpen: true });
  useKeys(
    {
      ...{ t: () => go({ day: null }), m: () => look("month"), w: () => look("week"), d: () => look("day") },
      ...{ l: () => look("list"), n: () => add(), "?": () => setHelping(true) },
      ...{ arrowleft: () => leaf(-1), arrowright: () => leaf(1) },
    },
    hasKeys && !dialog?.isOpen,
  );
  const swipe = useSwipe(leaf);

  return (
    <div data-wide className="flex flex-col gap-3">
      <CalendarToolbar
        title={titleOf(view, day, weekStart, clock.locale)}
        view={view}
        isToday={daysHave(span, today) && (view !== "list" || day === today)}
        onView={look}
        onTurn={leaf}
        onToday={() => go({ day: null })}
        onNew={() => add()}
        onHelp={() => setHelping(true)}
      />
      <SourceFilter
        sources={sources}
        hidden={place.hidden}
        onChange={(hidden) => go({ hidden }, "replace")}
      />
      {isError && (
        <Banner
          tone="danger"
          live="alert"
          title="The calendar could not be read"
          action={
            <Button size="sm" onClick={() => refetch()}>
              Try again
            </Button>
          }
        >
          What is shown may be old, or not all there is.
        </Banner>
      )}
      <div aria-busy={isPending} {...swipe}>
        {view === "list" ? (
          isPending ? (
            <CalendarSkeleton />
          ) : (
            <CalendarList
              {...span}
              {...{ today, items, clock }}
              isFiltered={place.hidden.length > 0}
              onOpen={open}
              onNew={() => add()}
            />
          )
        ) : (
          <div className="h-[calc(100dvh-17.5rem)] min-h-120 lg:h-[calc(100dvh-13rem)]">
            <CalendarGrid
              {...{ view, day, items, clock, weekStart, isPhone }}
              onOpen={open}
              onNew={add}
              onMove={moves.drag}
              onDay={(chosen) => go({ view: "day", day: chosen })}
            />
          </div>
        )}
      </div>
      <p className="text-muted text-sm">
        {isEmpty &&
          view !== "list" &&
          !isError &&
          "Nothing here yet. Click an empty place, or drag over one, to add something. "}
        Times are in {zoneCity(clock.timeZone)} time ({formatOffset(now, clock.timeZone)}).
      </p>
      <KeysHelp open={isHelping} onOpenChange={setHelping} isOn={hasKeys} onSwitch={setKeys} />
      {dialog && (
        <AppointmentDialog
          {...dialog}
          {...{ actions, projects, clock }}
          onClose={() => setDialog((known) => known && { ...known, isOpen: false })}
          onChanged={() => client.invalidateQueries({ queryKey: itemsKey })}
        />
      )}
      <RangeDialog about={moves.asked && "change"} hasThis onChoose={moves.choose} onClose={moves.leave} />
      {moves.clash && (
        <ConflictDialog
          clash={moves.clash}
          clock={clock}
          nameOf={(id) => projects.find((project) => project.id === id)?.name ?? personal.name}
          isPending={moves.isPending}
          refusal={moves.refusal}
          onSave={moves.settle}
          onBack={moves.leaveClash}
        />
      )}
    </div>
  );
}

type Looked = { from: string; to: string; view: View; day: string; hidden: string[] };

/** What is to be shown, its neighbours on the way; read again when the page was. */
function useItems(
  { from, to, view, day, hidden }: Looked,
  projects: ProjectNode[],
  { weekStart }: Reader,
  readAt: number,
) {
  const client = useQueryClient();
  const { data, isPending, isError, refetch } = useQuery({
    ...itemsQuery({ from, to }),
    placeholderData: (previous) => previous,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page was read again, so this is, too
  useEffect(() => {
    client.invalidateQueries({ queryKey: itemsKey });
  }, [client, readAt]);
  const isThere = data !== undefined;
  useEffect(() => {
    if (!isThere) return;
    for (const by of [1, -1] as const)
      client.prefetchQuery(itemsQuery(daysOf(view, turn(view, day, by), weekStart)));
  }, [client, isThere, view, day, weekStart]);
  const all = data ?? none;
  return useMemo(
    () => ({
      items: all.filter((item) => !hidden.includes(sourceOf(item).key)),
      sources: sourcesOf(all, hidden, projects),
      isEmpty: isThere && all.length === 0,
      ...{ isPending, isError, refetch },
    }),
    [all, hidden, projects, isThere, isPending, isError, refetch],
  );
}
const none: CalendarItem[] = [];

const daysHave = ({ from, to }: { from: string; to: string }, day: string) => from <= day && day < to;

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

const bookingsAt = ({ time }: CalendarItem, now: Date) =>
  time.kind === "timed" && new Date(time.endsAt) < now ? "/bookings?period=past" : "/bookings";
