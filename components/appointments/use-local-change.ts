import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "@/components/forms/ask";
import { useToast } from "@/components/ui/toast";
import type { LocalDecision } from "@/lib/subscriptions/view";
import type { CalendarActions } from "./calendar-actions";
import type { FeedItem } from "./feed-item";
import { feedsKey } from "./feeds-query";

const asTheFeedSays: LocalDecision = { hidden: false, busy: null, color: null };

/** What its host decides about one event of a feed; kept at once, and taken back as easily. */
export function useLocalChange(item: FeedItem, change: CalendarActions["changeFeedEvent"]) {
  const client = useQueryClient();
  const toast = useToast();
  const [decided, setDecided] = useState(item.localChange ?? asTheFeedSays);
  const [isPending, setPending] = useState(false);

  async function decide(next: Partial<LocalDecision>, said: string, undo = false): Promise<boolean> {
    const before = decided;
    setDecided({ ...before, ...next });
    setPending(true);
    const result = await ask(
      () => change(item.subscriptionId, item.eventId, next),
      "Look again whether it was changed.",
    );
    setPending(false);
    if (result.ok) {
      const back = Object.fromEntries(
        Object.keys(next).map((name) => [name, before[name as keyof LocalDecision]]),
      );
      toast(
        said,
        "success",
        undo ? { label: "Undo", act: () => void decide(back, "Shown again") } : undefined,
      );
    } else {
      setDecided(before);
      toast(result.message, "danger");
    }
    await client.invalidateQueries({ queryKey: feedsKey });
    return result.ok;
  }

  return {
    ...{ decided, isPending, decide },
    isChanged: decided.hidden || decided.busy !== null || decided.color !== null,
    takeBack: () => decide(asTheFeedSays, "As the feed says again"),
  };
}
