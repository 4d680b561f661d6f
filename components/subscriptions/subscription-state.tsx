import { countText } from "@/components/connections/words";
import { TimeAgo, TimeUntil } from "@/components/dashboard/time-ago";
import type { ListedSubscription } from "@/lib/subscriptions/view";

type Props = { subscription: ListedSubscription; isRefreshing: boolean; now: Date };

/** When it was read and will be next, or what stands in the way and what happens then. */
export function SubscriptionState({ subscription, isRefreshing, now }: Props) {
  if (isRefreshing)
    return (
      <p className="text-muted text-sm">
        {subscription.lastSyncedAt
          ? "Being read now."
          : "Being read for the first time; its events appear in a moment."}
      </p>
    );
  if (subscription.status === "disabled") return <Disabled subscription={subscription} now={now} />;
  if (subscription.status === "error") return <Failing subscription={subscription} now={now} />;
  const { lastSyncedAt, nextSyncAt } = subscription;
  return (
    <p className="text-muted text-sm">
      {lastSyncedAt && (
        <>
          Synced <TimeAgo instant={lastSyncedAt} now={now} />
        </>
      )}
      {nextSyncAt && (
        <>
          ; next <TimeUntil instant={nextSyncAt} now={now} />
        </>
      )}
    </p>
  );
}

type TroubleProps = Omit<Props, "isRefreshing">;

function Failing({ subscription, now }: TroubleProps) {
  const { lastError, failingSince, errorCount, triesLeft, nextSyncAt } = subscription;
  // Nothing was tried: its address is lost, and is to be entered again.
  if (errorCount === 0)
    return (
      <>
        <p className="text-danger text-sm">{lastError}</p>
        <p className="text-muted text-sm">
          <LastCopy subscription={subscription} now={now} />
        </p>
      </>
    );
  return (
    <>
      <p className="text-danger text-sm">{lastError}</p>
      <p className="text-muted text-sm">
        {errorCount === 1 ? "Failed once" : `Failed ${errorCount} times in a row`}
        {failingSince && (
          <>
            {errorCount === 1 ? ", " : ", first "}
            <TimeAgo instant={failingSince} now={now} />
          </>
        )}
        .{" "}
        {nextSyncAt && (
          <>
            Tried again <TimeUntil instant={nextSyncAt} now={now} />;{" "}
          </>
        )}
        {triesLeft === 1
          ? "if that fails, too, it is switched off."
          : `after ${countText(triesLeft, "more failure")} it is switched off.`}{" "}
        <LastCopy subscription={subscription} now={now} />
      </p>
    </>
  );
}

function Disabled({ subscription, now }: TroubleProps) {
  const { lastError, failingSince } = subscription;
  return (
    <>
      {lastError && <p className="text-danger text-sm">{lastError}</p>}
      <p className="text-muted text-sm">
        It is not read any more
        {failingSince && (
          <>
            ; the trouble began <TimeAgo instant={failingSince} now={now} />
          </>
        )}
        . Refresh it to try again, or edit its address if it has another one now.{" "}
        <LastCopy subscription={subscription} now={now} />
      </p>
    </>
  );
}

/** What a broken feed leaves untouched, and what it may lead to. */
function LastCopy({ subscription: { lastSyncedAt, eventCount, blocksBookings }, now }: TroubleProps) {
  return (
    <>
      {!lastSyncedAt && "Nothing of it was read yet."}
      {lastSyncedAt && eventCount > 0 && (
        <>
          What it held <TimeAgo instant={lastSyncedAt} now={now} /> stays in your calendar.
        </>
      )}
      {blocksBookings && " It blocks bookings, so your booking pages close if it stays away."}
    </>
  );
}
