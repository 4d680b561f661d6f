"use client";

import { EyeOff, Undo2 } from "lucide-react";
import Link from "next/link";
import { CalendarDot } from "@/components/bindings/calendar-dot";
import { ColorChoice } from "@/components/forms/color-choice";
import { Button } from "@/components/ui/button";
import { Radio } from "@/components/ui/checkbox";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Facts } from "@/components/ui/list";
import { palette } from "@/lib/event-types/schema";
import type { Clock } from "@/lib/time";
import type { CalendarActions } from "./calendar-actions";
import type { FeedItem } from "./feed-item";
import { whenText } from "./times";
import { useLocalChange } from "./use-local-change";

type Props = {
  item: FeedItem;
  isOpen: boolean;
  clock: Clock;
  change: CalendarActions["changeFeedEvent"];
  onClose: () => void;
};

/** An event of a subscribed calendar: what it is, and what its host makes of it for himself. */
export function FeedEventDialog({ item, isOpen, clock, change, onClose }: Props) {
  const { title, time, source, status, occurrenceKey, localChange } = item;
  // Where its host said something else, what the feed says is not known here.
  const feedSays = (localChange?.busy ?? null) === null ? ` (${item.busy ? "busy" : "free"})` : "";
  const { decided, isPending, isChanged, decide, takeBack } = useLocalChange(item, change);
  const hide = async () => {
    if (await decide({ hidden: true }, `“${title}” is hidden`, true)) onClose();
  };
  return (
    <Dialog
      title={title}
      open={isOpen}
      onOpenChange={(next) => !next && onClose()}
      footer={
        <>
          <Button variant="quiet" className="sm:me-auto" loading={isPending} onClick={hide}>
            <EyeOff aria-hidden="true" />
            Hide it
          </Button>
          <DialogClose render={<Button>Close</Button>} />
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Facts
          items={[
            { name: "When", value: whenText(time, clock) },
            {
              name: "Calendar",
              value: (
                <span className="flex items-center gap-2">
                  <CalendarDot color={source.color} />
                  <Link href="/subscriptions" className="wrap-anywhere underline underline-offset-2">
                    {source.name}
                  </Link>
                </span>
              ),
            },
            ...(status === "confirmed"
              ? []
              : [{ name: "Status", value: status === "tentative" ? "Tentative" : "Cancelled" }]),
          ]}
        />
        <section aria-label="For you alone" className="flex flex-col gap-3 border-line border-t pt-4">
          <p className="text-muted text-sm">
            It can only be read. What you choose here is for you alone
            {occurrenceKey === "" ? "" : ", and for all of it, since it repeats"}.
          </p>
          <fieldset>
            <legend className="font-medium text-sm">Does it take your time?</legend>
            <div className="flex flex-wrap gap-x-6">
              {choices.map(({ busy, label }) => (
                <Radio
                  key={label}
                  name="busy"
                  label={busy === null ? `${label}${feedSays}` : label}
                  checked={decided.busy === busy}
                  onChange={() => void decide({ busy }, said(busy))}
                />
              ))}
            </div>
          </fieldset>
          <ColorChoice
            legend="Colour"
            choices={[{ color: null, name: "As the calendar" }, ...palette]}
            value={decided.color}
            onChange={(color) => void decide({ color }, "Colour changed")}
          />
          {isChanged && (
            <Button size="sm" variant="quiet" className="-ml-3 w-fit" onClick={takeBack}>
              <Undo2 aria-hidden="true" />
              All as the feed says
            </Button>
          )}
        </section>
      </div>
    </Dialog>
  );
}

const choices = [
  { busy: null, label: "As the feed says" },
  { busy: true, label: "Busy" },
  { busy: false, label: "Free" },
];

function said(busy: boolean | null): string {
  if (busy === null) return "As the feed says again";
  return busy ? "It takes your time" : "It takes none of your time";
}
