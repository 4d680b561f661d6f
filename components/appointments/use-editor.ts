import { useState, useTransition } from "react";
import { ask } from "@/components/forms/ask";
import { useToast } from "@/components/ui/toast";
import type { Range } from "@/lib/appointments/schema";
import type { Appointment } from "@/lib/appointments/view";
import { type Aim, type CalendarActions, type Conflict, isConflict } from "./calendar-actions";
import type { Clash } from "./conflict-dialog";
import { changesOf, type Draft, sayingOf } from "./draft";
import { type DraftErrors, errorsLeft, errorsOf, fieldOf } from "./draft-errors";
import type { CalendarItem } from "./item";
import { draftOfVersion } from "./said";

export type Before = { item: CalendarItem; appointment: Appointment };

type Options = {
  /** Null: a new one. */
  before: Before | null;
  base: Draft;
  actions: CalendarActions;
  onDone: () => void;
};

/** Typing an appointment and saving it: what is asked in between, and what comes back. */
export function useEditor({ before, base, actions, onDone }: Options) {
  const toast = useToast();
  const [draft, setDraft] = useState(base);
  const [errors, setErrors] = useState<DraftErrors>({});
  const [refusals, setRefusals] = useState(0);
  const [asking, setAsking] = useState<"change" | "delete" | null>(null);
  const [range, setRange] = useState<Range | null>(null);
  const [clash, setClash] = useState<Clash | null>(null);
  const [isPending, start] = useTransition();
  const repeats = before !== null && before.appointment.recurrence !== null;

  const refuse = (found: DraftErrors) => {
    setErrors(found);
    setRefusals((count) => count + 1);
  };
  const done = (words: string) => {
    setAsking(null);
    setClash(null);
    toast(words);
    onDone();
  };
  const clashed = ({ current }: Conflict, from: Draft, mine: Draft) => {
    setAsking(null);
    setClash({ base: from, mine, theirs: draftOfVersion(current), revision: current.revision });
  };

  /** Sends what is different from `from`, as which it was last read. */
  const send = (mine: Draft, from: Draft, aim: Aim | null) =>
    start(async () => {
      if (!before || !aim) {
        const result = await ask(() => actions.create(sayingOf(mine)));
        if (result.ok) return done("Appointment added");
        return refuse({ [fieldOf(result.field ?? "", mine)]: result.message });
      }
      const changes = changesOf(from, mine);
      if (Object.keys(changes).length === 0) return done("Nothing was different");
      const result = await ask(() => actions.change(before.appointment.id, { ...changes, ...aim }));
      if (result.ok) return done("Appointment saved");
      if (isConflict(result)) return clashed(result, from, mine);
      setAsking(null);
      refuse({ [fieldOf(result.field ?? "", mine)]: result.message });
    });

  const aimAt = (revision: number, which: Range | null): Aim => ({
    revision,
    ...(before && which && { occurrence: { key: before.item.occurrenceKey, range: which } }),
  });

  return {
    ...{ draft, errors, refusals, asking, clash, isPending, repeats },
    isDirty: JSON.stringify(draft) !== JSON.stringify(base),
    /** A project, a zone or a rule of its own is nothing that one of many can have. */
    hasThis: !["recurrence", "projectId", "timeZone"].some((name) => name in changesOf(base, draft)),
    change: (next: Draft) => {
      setDraft(next);
      setErrors((known) => errorsLeft(known, draft, next));
    },
    save: () => {
      const found = errorsOf(draft);
      if (Object.keys(found).length > 0) return refuse(found);
      if (repeats && Object.keys(changesOf(base, draft)).length > 0) return setAsking("change");
      send(draft, base, before && aimAt(before.appointment.revision, null));
    },
    ask: setAsking,
    choose: (which: Range) => {
      if (!before) return;
      setRange(which);
      if (asking === "delete") return remove(which);
      send(draft, base, aimAt(before.appointment.revision, which));
    },
    settle: (merged: Draft) => clash && send(merged, clash.theirs, aimAt(clash.revision, range)),
    leaveClash: () => setClash(null),
    remove: () => remove(null),
  };

  function remove(which: Range | null) {
    if (!before) return;
    start(async () => {
      const { id, revision } = before.appointment;
      const result = await ask(() => actions.remove(id, aimAt(revision, which)));
      if (result.ok) return done("Appointment deleted");
      setAsking(null);
      refuse({
        form: isConflict(result)
          ? "Somebody else changed it meanwhile, so it was not deleted. Close this and open it again to see how it is now."
          : result.message,
      });
    });
  }
}
