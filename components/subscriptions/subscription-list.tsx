import { countText } from "@/components/connections/words";
import { Card, CardHeader } from "@/components/ui/card";
import type { ListedSubscription } from "@/lib/subscriptions/view";
import type { Clock } from "@/lib/time";
import type { SubscriptionActions } from "./subscription-actions";
import { SubscriptionRow } from "./subscription-row";
import { inOrder, needsCare } from "./words";

type Props = { subscriptions: ListedSubscription[]; now: Date; clock: Clock; actions: SubscriptionActions };

/** All of them, those that need care first. */
export function SubscriptionList({ subscriptions, ...shared }: Props) {
  const failing = subscriptions.filter(needsCare).length;
  const count = countText(subscriptions.length, "calendar");
  return (
    <Card aria-label="Subscriptions">
      {subscriptions.length > 1 && (
        <CardHeader
          title={count}
          description={
            failing === 0
              ? "All of them are kept fresh."
              : `${failing === 1 ? "One of them needs" : `${failing} of them need`} a look.`
          }
          className="border-line border-b"
        />
      )}
      <ul className="divide-y divide-line">
        {inOrder(subscriptions).map((subscription) => (
          <SubscriptionRow key={subscription.id} subscription={subscription} {...shared} />
        ))}
      </ul>
    </Card>
  );
}
