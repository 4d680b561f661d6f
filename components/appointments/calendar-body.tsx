import dynamic from "next/dynamic";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { StoredTime } from "@/lib/providers/recurrence";
import type { Clock, Day, Weekday } from "@/lib/time";
import { CalendarList } from "./calendar-list";
import { CalendarSkeleton } from "./calendar-skeleton";
import type { ShownItem } from "./feed-item";
import type { CalendarItem } from "./item";
import type { Found } from "./use-items";
import type { View } from "./views";

type Props = {
  view: View;
  day: Day;
  span: { from: Day; to: Day };
  today: Day;
  clock: Clock;
  weekStart: Weekday;
  isPhone: boolean;
  found: Found;
  isFiltered: boolean;
  onOpen: (item: ShownItem) => void;
  onNew: (time?: StoredTime) => void;
  onMove: (item: CalendarItem, time: StoredTime, putBack: () => void) => void;
  onDay: (day: Day) => void;
};

const CalendarGrid = dynamic(() => import("./calendar-grid"), {
  ssr: false,
  loading: () => <CalendarSkeleton />,
});

/** What is looked at; what cannot be read is said above what is known. */
export function CalendarBody({ found, ...shown }: Props) {
  return (
    <div aria-busy={found.isPending} className="flex flex-col gap-3">
      {found.isError && (
        <Banner
          tone="danger"
          live="alert"
          title="The calendar could not be read"
          action={
            <Button size="sm" onClick={found.readAgain}>
              Try again
            </Button>
          }
        >
          {found.refusal} What is shown may be old, or not all there is.
        </Banner>
      )}
      {shown.view === "list" ? (
        <List found={found} {...shown} />
      ) : (
        <Grid {...shown} {...found} view={shown.view} />
      )}
    </div>
  );
}

function List({ found, span, today, clock, isFiltered, onOpen, onNew }: Props) {
  if (found.isPending) return <CalendarSkeleton />;
  // That nothing is there would be more than we know.
  if (found.isError && found.items.length === 0) return null;
  return (
    <CalendarList
      {...span}
      {...{ today, clock, isFiltered, onOpen }}
      items={found.items}
      onNew={() => onNew()}
    />
  );
}

type GridProps = Omit<Props, "view" | "found"> & { view: Exclude<View, "list">; items: ShownItem[] };

function Grid({ view, day, items, clock, weekStart, isPhone, onOpen, onNew, onMove, onDay }: GridProps) {
  return (
    <div className="h-[calc(100dvh-17.5rem)] min-h-120 lg:h-[calc(100dvh-13rem)]">
      <CalendarGrid {...{ view, day, items, clock, weekStart, isPhone, onOpen, onNew, onMove, onDay }} />
    </div>
  );
}
