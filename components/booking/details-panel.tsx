"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { BookingPage } from "@/lib/booking/public";
import { NoAnswer, Refused } from "./api";
import { DetailsStep } from "./details-step";
import { detailsPanel } from "./panels";
import { type Slot, slotsKey } from "./slots-query";
import { TakenBanner } from "./taken-banner";
import type { Availability } from "./use-availability";
import { answersTo, useDraft } from "./use-draft";
import { useSubmit } from "./use-submit";
import type { Visitor } from "./use-visitor";

type DetailsPanelProps = {
  page: BookingPage;
  durationMinutes: number;
  start: string;
  visitor: Visitor;
  free: Availability;
  onSlot: (slot: Slot) => void;
  onBack: () => void;
};

/** The form over a slot that may go at any moment. */
export function DetailsPanel(props: DetailsPanelProps) {
  const { page, durationMinutes, start, visitor, free, onSlot, onBack } = props;
  const [draft, setDraft] = useDraft();
  const { submit, reset, error, isBusy } = useSubmit();
  const client = useQueryClient();
  const host = page.host.handle;

  const isRefused = error instanceof Refused && error.code === "conflict";
  useEffect(() => {
    if (isRefused) client.invalidateQueries({ queryKey: slotsKey({ host }) });
  }, [isRefused, client, host]);

  // While we submit, or do not know whether we did, the slot may be gone because it is ours.
  const maybeOurs = isBusy || error instanceof NoAnswer;
  const isFree = free.slots.some((slot) => slot.start === start);
  const wasFree = useWasTrue(isFree, start);
  const isTaken = isRefused || (free.isSettled && !isFree && !maybeOurs);

  return (
    <div className={detailsPanel}>
      <DetailsStep
        page={page}
        draft={draft}
        onDraft={setDraft}
        onSubmit={(website) =>
          submit({
            host,
            website,
            eventType: page.eventType.slug,
            start,
            durationMinutes,
            timeZone: visitor.timeZone,
            language: navigator.language,
            name: draft.name.trim(),
            email: draft.email.trim(),
            note: draft.note.trim(),
            answers: answersTo(page.eventType, draft),
            ...(page.eventType.locationKind === "visitor_phone" && { phone: draft.phone.trim() }),
          })
        }
        onBack={onBack}
        isBusy={isBusy}
        error={error}
        taken={
          isTaken ? (
            <TakenBanner
              title={isRefused || wasFree ? "That time was just taken" : "That time is not free"}
              start={start}
              slots={free.slots}
              clock={visitor}
              onSlot={(slot) => {
                reset();
                onSlot(slot);
              }}
            />
          ) : null
        }
      />
    </div>
  );
}

/** Whether a claim about this slot held at some time while it was shown. */
function useWasTrue(claim: boolean, start: string): boolean {
  const held = useRef<string | null>(null);
  useEffect(() => {
    if (claim) held.current = start;
  }, [claim, start]);
  return held.current === start;
}
