"use client";

import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/action";
import type { HostBooking } from "@/lib/booking/list";
import { AcceptButton } from "./accept-button";
import { ReasonDialog } from "./reason-dialog";

export type Answers = {
  accept: (options: { evenIfBusy: boolean; start: string }) => Promise<ActionResult<void>>;
  decline: (options: { reason: string; start: string }) => Promise<ActionResult<void>>;
};

type Props = Answers & {
  booking: Pick<HostBooking, "movesToStart" | "startsAt" | "visitorName">;
  size: "sm" | "lg";
};

/** Yes or no to a booking that waits for the host, or to a visitor's wish to move it. */
export function AnswerButtons({ booking, size, accept, decline }: Props) {
  const { movesToStart, startsAt, visitorName } = booking;
  const start = (movesToStart ?? startsAt).toISOString();
  const what = movesToStart ? "new time" : "request";
  return (
    <>
      <AcceptButton
        size={size}
        label={`Accept ${what}`}
        accept={({ evenIfBusy }) => accept({ evenIfBusy, start })}
      />
      <ReasonDialog
        title={
          movesToStart ? `Decline the new time for ${visitorName}?` : `Decline the request of ${visitorName}?`
        }
        description={
          movesToStart
            ? "The meeting stays where it is; the new time becomes free."
            : "The time becomes free, and they get an e-mail."
        }
        trigger={<Button size={size}>Decline {what}</Button>}
        label={`Decline ${what}`}
        keep="Not now"
        reader={visitorName}
        act={(reason) => decline({ reason, start })}
      />
    </>
  );
}
