"use client";

import { useOptimistic, useTransition } from "react";
import { Switch } from "@/components/ui/checkbox";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";

type Props = {
  isOn: boolean;
  /** What is switched, for whoever hears the switch alone. */
  name: string;
  /** What becomes of the copies when it is switched off. */
  off: string;
  set: (isOn: boolean) => Promise<ActionResult<void>>;
};

export function EnabledSwitch({ isOn, name, off, set }: Props) {
  const toast = useToast();
  const [shown, show] = useOptimistic(isOn);
  const [isPending, start] = useTransition();
  const change = (next: boolean) =>
    start(async () => {
      show(next);
      const result = await set(next).catch(
        () => ({ ok: false, message: "The server did not answer." }) as const,
      );
      if (!result.ok) toast(result.message, "danger");
      else toast(next ? "Switched on. Its copies are on their way." : off);
    });
  return (
    <Switch
      label="Active"
      aria-label={`Active: ${name}`}
      checked={shown}
      aria-busy={isPending || undefined}
      onChange={(event) => change(event.target.checked)}
      className="items-center! py-1.5!"
    />
  );
}
