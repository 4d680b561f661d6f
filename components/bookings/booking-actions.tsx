"use client";

import { CalendarClock, X } from "lucide-react";
import { Button, ButtonLink } from "@/components/ui/button";
import type { ActionResult } from "@/lib/action";
import type { HostBooking } from "@/lib/booking/list";
import { AnswerButtons } from "./answer-buttons";
import { ReasonDialog } from "./reason-dialog";

/** What a host can do with a booking; each returns what became of it. */
export type BookingVerbs = {
  accept: (id: string, options: { evenIfBusy: boolean; start: string }) => Promise<ActionResult<void>>;
  decline: (id: string, options: { reason: string; start: string }) => Promise<ActionResult<void>>;
  cancel: (id: string, reason: string) => Promise<ActionResult<void>>;
};

type Props = { booking: HostBooking; verbs: BookingVerbs; now: Date };

/** The buttons under a booking: an answer where one is wanted, then to move it or call it off. */
export function BookingActions({ booking, verbs, now }: Props) {
  const { id, status, waitsFor, movesToStart, visitorName, endsAt, startsAt } = booking;
  const isActive = status === "pending" || status === "confirmed";
  if (!isActive || endsAt <= now) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {waitsFor && (
        <AnswerButtons
          booking={booking}
          size="sm"
          accept={verbs.accept.bind(null, id)}
          decline={verbs.decline.bind(null, id)}
        />
      )}
      {status === "confirmed" && !movesToStart && startsAt > now && (
        <ButtonLink href={`/bookings/${id}/move`} size="sm">
          <CalendarClock aria-hidden="true" />
          Move
        </ButtonLink>
      )}
      {status === "confirmed" && (
        <ReasonDialog
          title={`Cancel the meeting with ${visitorName}?`}
          description="The time becomes free at once, the calendar entry is removed, and both of you get an e-mail."
          trigger={
            <Button size="sm">
              <X aria-hidden="true" />
              Cancel
            </Button>
          }
          label="Cancel meeting"
          reader={visitorName}
          act={verbs.cancel.bind(null, id)}
        />
      )}
    </div>
  );
}
