"use client";

import { Pencil, RefreshCw } from "lucide-react";
import { CalendarDot } from "@/components/bindings/calendar-dot";
import { countText } from "@/components/connections/words";
import { StatusBadge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import type { ListedSubscription } from "@/lib/subscriptions/view";
import type { Clock } from "@/lib/time";
import { BlockingSwitches } from "./blocking-switches";
import { LocalChangesButton } from "./local-changes-dialog";
import { RemoveButton } from "./remove-button";
import { SkippedButton } from "./skipped-dialog";
import type { SubscriptionActions } from "./subscription-actions";
import { SubscriptionState } from "./subscription-state";
import { useRefresh } from "./use-refresh";
import { healthOf, needsCare, paceText } from "./words";

type Props = { subscription: ListedSubscription; now: Date; clock: Clock; actions: SubscriptionActions };

/** One feed: what it is, how it is doing, and what can be done about it. */
export function SubscriptionRow({ subscription, now, clock, actions }: Props) {
  const { id, name, color, serverName, eventCount, skippedCount, lastSyncedAt } = subscription;
  const { isRefreshing, refresh } = useRefresh(subscription, actions.refresh.bind(null, id));
  const { status, word } = healthOf(
    isRefreshing ? { ...subscription, status: "pending" } : subscription,
    now,
  );
  return (
    <li aria-label={name} className="flex flex-col gap-2 px-5 py-4 sm:px-6">
      <div className="flex items-start gap-3">
        <span className="mt-1.5 flex">
          <CalendarDot color={color} />
        </span>
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
            <div className="min-w-0 flex-1 basis-52">
              <h3 className="wrap-anywhere font-medium text-[0.9375rem] tracking-normal">{name}</h3>
              <p className="wrap-anywhere text-muted text-sm">
                {[
                  serverName,
                  lastSyncedAt && countText(eventCount, "event"),
                  `read ${paceText(subscription)}`,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            <StatusBadge status={status}>{word}</StatusBadge>
          </div>
          <SubscriptionState subscription={subscription} isRefreshing={isRefreshing} now={now} />
        </div>
      </div>
      <div className="-ml-3 flex flex-wrap items-center gap-x-1 sm:pl-6">
        <Button
          size="sm"
          variant={needsCare(subscription) && !isRefreshing ? "secondary" : "quiet"}
          className={needsCare(subscription) && !isRefreshing ? "ml-3" : undefined}
          loading={isRefreshing}
          onClick={refresh}
          aria-label={`Refresh now: ${name}`}
        >
          <RefreshCw aria-hidden="true" />
          Refresh now
        </Button>
        <ButtonLink href={`/subscriptions/${id}`} size="sm" variant="quiet" aria-label={`Edit: ${name}`}>
          <Pencil aria-hidden="true" />
          Edit
        </ButtonLink>
        {skippedCount > 0 && <SkippedButton subscription={subscription} />}
        <LocalChangesButton subscription={subscription} clock={clock} actions={actions} />
        <RemoveButton subscription={subscription} remove={actions.remove.bind(null, id)} />
        <BlockingSwitches subscription={subscription} set={actions.setBlocking.bind(null, id)} />
      </div>
    </li>
  );
}
