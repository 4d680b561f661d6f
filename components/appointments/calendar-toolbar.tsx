import clsx from "clsx";
import { ChevronLeft, ChevronRight, Keyboard, Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { type View, views } from "./views";

type Props = {
  title: string;
  view: View;
  isToday: boolean;
  onView: (view: View) => void;
  onTurn: (by: 1 | -1) => void;
  onToday: () => void;
  onNew: () => void;
  onHelp: () => void;
};

const viewWords: Record<View, string> = { month: "Month", week: "Week", day: "Day", list: "List" };
const unit: Record<View, string> = { month: "month", week: "week", day: "day", list: "four weeks" };

/** What is looked at, and the ways from there. The title is the page's heading. */
export function CalendarToolbar({ title, view, isToday, ...on }: Props) {
  return (
    <header className="flex flex-wrap items-center gap-3">
      <h1
        aria-live="polite"
        className="me-auto min-w-0 font-semibold text-xl leading-tight max-sm:basis-full sm:text-2xl lg:min-w-64"
      >
        <span className="sr-only">Calendar, </span>
        {title}
      </h1>
      <div className="flex items-center gap-1 max-sm:flex-1">
        <Button onClick={on.onToday} aria-disabled={isToday} className={clsx(isToday && "opacity-60")}>
          Today
        </Button>
        <IconButton label={`Previous ${unit[view]}`} Icon={ChevronLeft} onClick={() => on.onTurn(-1)} />
        <IconButton label={`Next ${unit[view]}`} Icon={ChevronRight} onClick={() => on.onTurn(1)} />
      </div>
      <fieldset className="flex rounded-md border border-line-strong/60 bg-surface p-0.5 max-sm:order-last max-sm:basis-full">
        <legend className="sr-only">View</legend>
        {views.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === view}
            onClick={() => on.onView(each)}
            className={clsx(
              // Seven days have no room on a phone.
              each === "week" && "max-sm:hidden",
              "min-h-9.5 flex-1 rounded-sm px-3 font-medium text-sm transition-colors max-sm:min-h-11",
              each === view ? "bg-accent-soft text-accent-text" : "text-muted hover:bg-sunken hover:text-ink",
            )}
          >
            {viewWords[each]}
          </button>
        ))}
      </fieldset>
      <IconButton
        label="Keyboard shortcuts"
        Icon={Keyboard}
        onClick={on.onHelp}
        className="-mx-1 pointer-coarse:hidden"
      />
      <Button variant="primary" onClick={on.onNew}>
        <Plus aria-hidden="true" />
        <span>
          New<span className="max-2xl:sr-only"> appointment</span>
        </span>
      </Button>
    </header>
  );
}
