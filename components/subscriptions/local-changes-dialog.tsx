"use client";

import { PencilLine, Undo2 } from "lucide-react";
import { useEffect, useState, useTransition } from "react";
import { storedTime, whenText } from "@/components/appointments/times";
import { CalendarDot } from "@/components/bindings/calendar-dot";
import { countText } from "@/components/connections/words";
import { ask } from "@/components/forms/ask";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { LocalChange, Subscription } from "@/lib/subscriptions/view";
import type { Clock } from "@/lib/time";
import type { SubscriptionActions } from "./subscription-actions";
import { changeWords } from "./words";

type Props = {
  subscription: Pick<Subscription, "id" | "name" | "color" | "localChangeCount">;
  clock: Clock;
  actions: Pick<SubscriptionActions, "listChanges" | "changeEvent">;
};

/** How many events were changed here; pressed, which ones, to take that back. */
export function LocalChangesButton(props: Props) {
  const { name, localChangeCount } = props.subscription;
  const [isOpen, setOpen] = useState(false);
  // The last one taken back leaves what is looked at open.
  if (localChangeCount === 0 && !isOpen) return null;
  const count = countText(localChangeCount, "change of yours", "changes of yours");
  return (
    <Dialog
      title={`What you changed in ${name}`}
      description="For you alone, and for the whole series of what repeats. The feed knows nothing of it."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="quiet" aria-label={`${count}: ${name}`}>
          <PencilLine aria-hidden="true" />
          {count}
        </Button>
      }
      footer={<DialogClose render={<Button>Close</Button>} />}
    >
      <Changes {...props} />
    </Dialog>
  );
}

const asFeedSays = { hidden: false, busy: null, color: null };

function Changes({ subscription: { id, color }, clock, actions }: Props) {
  const { listChanges, changeEvent } = actions;
  const [changes, setChanges] = useState<LocalChange[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  useEffect(() => {
    let isGone = false;
    ask(() => listChanges(id), "Close this, and look again.").then((result) => {
      if (isGone) return;
      if (result.ok) setChanges(result.data);
      else setRefusal(result.message);
    });
    return () => {
      isGone = true;
    };
  }, [listChanges, id]);
  const takeBack = (taken: LocalChange[]) =>
    start(async () => {
      setRefusal(null);
      for (const { eventId } of taken) {
        const result = await ask(() => changeEvent(id, eventId, asFeedSays), "Look again what is left.");
        if (!result.ok) return setRefusal(result.message);
        setChanges((known) => known?.filter((each) => each.eventId !== eventId) ?? null);
      }
    });
  return (
    <div className="flex flex-col gap-4" aria-busy={isPending || !changes}>
      {refusal && (
        <Banner tone="danger" live="alert">
          {refusal}
        </Banner>
      )}
      {!changes && !refusal && <Skeleton className="h-16" />}
      {changes?.length === 0 && <p className="text-muted">Everything is as the feed says.</p>}
      {changes && changes.length > 0 && (
        <ul className="divide-y divide-line">
          {changes.map((change) => (
            <li key={change.eventId} className="flex items-center gap-3 py-2">
              <CalendarDot color={change.color ?? color} />
              <span className="flex min-w-0 flex-1 flex-col">
                <span className="wrap-anywhere font-medium text-[0.9375rem]">
                  {change.title ?? "An event the feed no longer has"}
                </span>
                <span className="text-muted text-sm">
                  {[
                    change.time && whenText(storedTime(change.time), clock),
                    changeWords(change, change.color !== null),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <Button
                size="sm"
                variant="quiet"
                onClick={() => takeBack([change])}
                aria-label={`Take back: ${change.title ?? "an event the feed no longer has"}`}
              >
                <Undo2 aria-hidden="true" />
                Take back
              </Button>
            </li>
          ))}
        </ul>
      )}
      {changes && changes.length > 1 && (
        <Button size="sm" className="w-fit" loading={isPending} onClick={() => takeBack(changes)}>
          Take all of them back
        </Button>
      )}
    </div>
  );
}
