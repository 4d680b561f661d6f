import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ask } from "@/components/forms/ask";
import { useToast } from "@/components/ui/toast";
import type { Range } from "@/lib/appointments/schema";
import type { StoredTime } from "@/lib/providers/recurrence";
import type { Clock } from "@/lib/time";
import { type CalendarActions, type Conflict, isConflict } from "./calendar-actions";
import type { Clash } from "./conflict-dialog";
import { changesOf, type Draft, draftOf } from "./draft";
import { type CalendarItem, idOf } from "./item";
import { itemsKey } from "./items-query";
import { draftOfVersion } from "./said";
import { whenText } from "./times";
import { undoOf } from "./undo";

/** Something dragged that waits for a word. */
export type Asked = { item: CalendarItem; time: StoredTime; putBack: () => void };
type MoveClash = Clash & { item: CalendarItem; range: Range | null };

export type Moves = ReturnType<typeof useMoves>;

/** Dragging: shown at once, saved at once, taken back as easily; and what happens when somebody else was first. */
export function useMoves({ actions, clock }: { actions: CalendarActions; clock: Clock }) {
  const client = useQueryClient();
  const toast = useToast();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [clash, setClash] = useState<MoveClash | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  // The next drag of the same appointment needs the revision that the one before it makes.
  const before = useRef(new Map<string, Promise<unknown>>());

  const patch = (change: (item: CalendarItem) => CalendarItem) =>
    client.setQueriesData<CalendarItem[]>({ queryKey: itemsKey }, (items) => items?.map(change));
  const readAgain = () => client.invalidateQueries({ queryKey: itemsKey });
  const known = (item: CalendarItem) =>
    client
      .getQueriesData<CalendarItem[]>({ queryKey: itemsKey })
      .flatMap(([, items]) => items ?? [])
      .find((each) => idOf(each) === idOf(item)) ?? item;

  async function save(dragged: CalendarItem, time: StoredTime, range: Range | null, isUndo = false) {
    await client.cancelQueries({ queryKey: itemsKey });
    const at = (where: StoredTime) =>
      patch((each) => (idOf(each) === idOf(dragged) ? { ...each, time: where } : each));
    at(time);
    const item = { ...known(dragged), time: dragged.time };
    const result = await ask(() =>
      actions.change(item.appointmentId, {
        ...{ time, revision: item.revision },
        ...(range && { occurrence: { key: item.occurrenceKey, range } }),
      }),
    );
    if (result.ok) {
      const { revision } = result.data;
      patch((each) => (each.appointmentId === item.appointmentId ? { ...each, revision } : each));
      const back = isUndo ? null : undoOf({ ...item, revision }, time, range);
      const words = isUndo ? "Put back" : `Moved to ${whenText(time, clock)}`;
      toast(
        words,
        "success",
        back ? { label: "Undo", act: () => move(back, item.time, range, true) } : undefined,
      );
    } else {
      at(item.time);
      if (isConflict(result)) setClash({ ...clashOf(item, result), item, range });
      else toast(result.message, "danger");
    }
    await readAgain();
  }

  function move(item: CalendarItem, time: StoredTime, range: Range | null, isUndo = false) {
    const { appointmentId: id } = item;
    const mine = (before.current.get(id) ?? Promise.resolve()).then(() => save(item, time, range, isUndo));
    before.current.set(id, mine);
  }

  async function settle(merged: Draft) {
    if (!clash) return;
    const { item, range, revision, theirs } = clash;
    const changes = changesOf(theirs, merged);
    if (Object.keys(changes).length === 0) return setClash(null);
    setPending(true);
    const occurrence = range && { occurrence: { key: item.occurrenceKey, range } };
    const result = await ask(() =>
      actions.change(item.appointmentId, { ...changes, revision, ...occurrence }),
    );
    setPending(false);
    if (isConflict(result)) {
      const { current } = result;
      return setClash({
        ...clash,
        base: theirs,
        mine: merged,
        theirs: draftOfVersion(current),
        revision: current.revision,
      });
    }
    if (!result.ok) return setRefusal(result.message);
    setClash(null);
    setRefusal(null);
    toast("Appointment saved");
    await readAgain();
  }

  return {
    ...{ asked, clash, refusal, isPending, settle },
    drag: (item: CalendarItem, time: StoredTime, putBack: () => void) =>
      item.isRecurring ? setAsked({ item, time, putBack }) : move(item, time, null),
    choose: (range: Range) => {
      if (!asked) return;
      setAsked(null);
      move(asked.item, asked.time, range);
    },
    leave: () => {
      asked?.putBack();
      setAsked(null);
    },
    leaveClash: () => {
      setClash(null);
      setRefusal(null);
    },
  };
}

function clashOf({ time, timeZone }: CalendarItem, { yours, current }: Conflict): Clash {
  const rule = yours.recurrence?.rule ?? null;
  return {
    // Only the time was dragged.
    base: draftOf({ ...yours, time, timeZone, rule }),
    mine: draftOfVersion(yours),
    theirs: draftOfVersion(current),
    revision: current.revision,
  };
}
