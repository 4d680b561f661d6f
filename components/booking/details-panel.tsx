"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect } from "react";
import { NoAnswer, Refused } from "./api";
import { DetailsStep } from "./details-step";
import { detailsPanel } from "./panels";
import type { PageAddress, Slot } from "./slots-query";
import { TakenBanner } from "./taken-banner";
import type { Availability } from "./use-availability";
import { useDraft } from "./use-draft";
import { useSubmit } from "./use-submit";
import type { Visitor } from "./use-visitor";

type DetailsPanelProps = {
  address: PageAddress;
  start: string;
  visitor: Visitor;
  free: Availability;
  onSlot: (slot: Slot) => void;
  onBack: () => void;
  headingRef: RefObject<HTMLHeadingElement | null>;
};

/** The form over a slot that may go at any moment. */
export function DetailsPanel({
  address,
  start,
  visitor,
  free,
  onSlot,
  onBack,
  headingRef,
}: DetailsPanelProps) {
  const [draft, setDraft] = useDraft();
  const { submit, reset, error, isBusy } = useSubmit();
  const client = useQueryClient();

  const isRefused = error instanceof Refused && error.code === "conflict";
  useEffect(() => {
    if (isRefused) client.invalidateQueries({ queryKey: ["slots", address.host, address.eventType] });
  }, [isRefused, client, address.host, address.eventType]);

  // While we submit, or do not know whether we did, the slot may be gone because it is ours.
  const maybeOurs = isBusy || error instanceof NoAnswer;
  const isGone = free.isSettled && !free.slots.some((slot) => slot.start === start);
  const isTaken = isRefused || (isGone && !maybeOurs);

  return (
    <div className={detailsPanel}>
      <DetailsStep
        draft={draft}
        onDraft={setDraft}
        onSubmit={() => submit({ page: address, start, timeZone: visitor.timeZone, draft })}
        onBack={onBack}
        isBusy={isBusy}
        error={error}
        headingRef={headingRef}
        taken={
          isTaken ? (
            <TakenBanner
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
