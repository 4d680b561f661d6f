"use client";

import { useOptimistic, useTransition } from "react";
import { ask } from "@/components/forms/ask";
import { Switch } from "@/components/ui/checkbox";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";
import type { Subscription } from "@/lib/subscriptions/view";
import type { Blocking } from "./subscription-actions";

type Props = {
  subscription: Pick<Subscription, "name" | "blocksBookings" | "allDayBlocks">;
  set: (blocking: Partial<Blocking>) => Promise<ActionResult<void>>;
};

export const allDayHint =
  "Holidays and school terms are mostly marked free. With this they block all the same.";

/** Whether a feed's events take time of the booking pages, and whole days that are marked free, too. */
export function BlockingSwitches({ subscription, set }: Props) {
  const { name } = subscription;
  const toast = useToast();
  const [isPending, start] = useTransition();
  const [shown, show] = useOptimistic(subscription, (known, next: Partial<Blocking>) => ({
    ...known,
    ...next,
  }));
  const change = (next: Partial<Blocking>, said: string) =>
    start(async () => {
      show(next);
      const result = await ask(() => set(next), "Look again whether it was switched.");
      if (result.ok) toast(said);
      else toast(result.message, "danger");
    });
  const busy = isPending || undefined;
  return (
    <>
      <div className="ml-auto max-sm:w-full max-sm:pl-3">
        <Switch
          label="Blocks bookings"
          aria-label={`Blocks bookings: ${name}`}
          checked={shown.blocksBookings}
          aria-busy={busy}
          onChange={({ target: { checked } }) =>
            change(
              { blocksBookings: checked },
              checked ? `Nobody can book while ${name} has something.` : `${name} no longer blocks bookings.`,
            )
          }
          className="items-center! py-1.5!"
        />
      </div>
      {shown.blocksBookings && (
        <div className="mt-1 ml-3 w-full rounded-md bg-sunken px-4 py-0.5">
          <Switch
            label="Whole days block, even if marked free"
            aria-label={`Whole days block, even if marked free: ${name}`}
            hint={allDayHint}
            checked={shown.allDayBlocks}
            aria-busy={busy}
            onChange={({ target: { checked } }) =>
              change(
                { allDayBlocks: checked },
                checked ? `Each whole day in ${name} blocks now.` : "Days marked free can be booked again.",
              )
            }
          />
        </div>
      )}
    </>
  );
}
