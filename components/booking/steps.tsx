"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { useLive } from "@/components/ui/use-live";
import { slotsKey } from "./slots-query";
import type { Place } from "./use-booking-url";

/** Around the steps of booking a time: the slots in them are those of now, and focus goes along from one to the next. */
export function Steps({ host, place, children }: { host: string; place: Place; children: ReactNode }) {
  const client = useQueryClient();
  useLive(`/api/live?host=${host}`, () => void client.invalidateQueries({ queryKey: slotsKey({ host }) }));
  const steps = useStepFocus(place);
  return (
    <div ref={steps} className="contents">
      {children}
    </div>
  );
}

/** When a step gives way to another, focus goes to where the next one begins; not when the page opens. */
function useStepFocus({ day, slot }: Place) {
  const steps = useRef<HTMLDivElement>(null);
  const shown = useRef(`${day} ${slot}`);
  useEffect(() => {
    if (shown.current === `${day} ${slot}`) return;
    shown.current = `${day} ${slot}`;
    const find = (target: string) => steps.current?.querySelector<HTMLElement>(target);
    if (slot) find("[data-step=details]")?.focus();
    else if (day) find("[data-step=times]")?.focus();
    // Turning the month also leaves the day; then the focus stays on the button that turned it.
    else if (!find("[data-step=date]")?.contains(document.activeElement))
      find('[data-step=date] [tabindex="0"]')?.focus();
  }, [day, slot]);
  return steps;
}
