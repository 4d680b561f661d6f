import { useQueryClient } from "@tanstack/react-query";
import type { ProjectNode } from "@/lib/projects/list";
import type { Clock } from "@/lib/time";
import { AppointmentDialog, type Target } from "./appointment-dialog";
import type { CalendarActions } from "./calendar-actions";
import { ConflictDialog } from "./conflict-dialog";
import { FeedEventDialog } from "./feed-event-dialog";
import type { FeedItem } from "./feed-item";
import { itemsKey } from "./items-query";
import { RangeDialog } from "./range-dialog";
import { nameIn } from "./source";
import type { Moves } from "./use-moves";

/** What was opened last; it fades when it is closed. Each opening is a form of its own. */
export type Opened = { target: Target | { feedItem: FeedItem }; isOpen: boolean; turn: number };

type Props = {
  opened: Opened | null;
  moves: Moves;
  actions: CalendarActions;
  projects: ProjectNode[];
  clock: Clock;
  onClose: () => void;
};

/** What the calendar asks: an appointment, which ones of a series, whose version. */
export function CalendarDialogs({ opened, moves, actions, projects, clock, onClose }: Props) {
  const client = useQueryClient();
  return (
    <>
      {opened && "feedItem" in opened.target && (
        <FeedEventDialog
          key={opened.turn}
          item={opened.target.feedItem}
          isOpen={opened.isOpen}
          change={actions.changeFeedEvent}
          {...{ clock, onClose }}
        />
      )}
      {opened && !("feedItem" in opened.target) && (
        <AppointmentDialog
          key={opened.turn}
          target={opened.target}
          isOpen={opened.isOpen}
          {...{ actions, projects, clock, onClose }}
          onChanged={() => client.invalidateQueries({ queryKey: itemsKey })}
        />
      )}
      <RangeDialog about={moves.asked && "change"} hasThis onChoose={moves.choose} onClose={moves.leave} />
      {moves.clash && (
        <ConflictDialog
          clash={moves.clash}
          clock={clock}
          nameOf={nameIn(projects)}
          isPending={moves.isPending}
          refusal={moves.refusal}
          onSave={moves.settle}
          onBack={moves.leaveClash}
        />
      )}
    </>
  );
}
