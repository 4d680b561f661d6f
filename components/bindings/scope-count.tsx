import { useEffect, useState } from "react";
import { countText } from "@/components/connections/words";
import type { ActionResult } from "@/lib/action";
import type { BindingScope } from "@/lib/bindings/schema";

export type ScopeDraft = { scope: BindingScope; scope_id: string | null; include_personal: boolean };
export type CountScope = (draft: ScopeDraft) => Promise<ActionResult<number>>;

/** How many appointments would be copied, as it is chosen. */
export function ScopeCount({ draft, count }: { draft: ScopeDraft | null; count: CountScope }) {
  const key = JSON.stringify(draft);
  const [counted, setCounted] = useState<{ key: string; number: number } | null>(null);
  useEffect(() => {
    const asked: ScopeDraft | null = JSON.parse(key);
    if (!asked) return;
    let isStale = false;
    count(asked).then(
      (result) => {
        if (!isStale && result.ok) setCounted({ key, number: result.data });
      },
      // It is only said; saving works without it.
      () => {},
    );
    return () => {
      isStale = true;
    };
  }, [key, count]);
  return (
    <p role="status" className="min-w-0 text-muted text-sm">
      {draft && counted?.key === key && `${countText(counted.number, "appointment")} would be copied now.`}
      {draft && counted?.key !== key && "Counting…"}
      {!draft && "Choose what is copied."}
    </p>
  );
}
