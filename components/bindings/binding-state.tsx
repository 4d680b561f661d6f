import { countText } from "@/components/connections/words";
import { TimeAgo } from "@/components/dashboard/time-ago";
import type { Binding } from "@/lib/bindings/list";
import { isOutOfSight } from "./words";

/** How many copies lie there, since when, and what stands in the way. */
export function BindingState({ binding, now }: { binding: Binding; now: Date }) {
  const { copies, leaving, lastSyncedAt, lastError, isEnabled, connection } = binding;
  const known = copies.inCalendar + copies.pending + copies.failing;
  return (
    <>
      <span className="block">
        {isEnabled ? countText(known, "appointment") : "Nothing is copied"}
        {isEnabled && lastSyncedAt && (
          <>
            , all there <TimeAgo instant={lastSyncedAt} now={now} />
          </>
        )}
        {isEnabled && copies.pending > 0 && `; ${copies.pending.toLocaleString("en")} still to be written`}
        {leaving > 0 && `; ${leaving.toLocaleString("en")} in this calendar still to be taken out`}
      </span>
      {isOutOfSight(binding) && (
        <span className="block text-warning">
          Its project is no longer shared with you, so nothing of it is copied.
        </span>
      )}
      {connection.status !== "connected" && (
        <span className="block text-danger">
          The account no longer lets us in. Its copies wait until it does.
        </span>
      )}
      {isEnabled && (lastError || copies.failing > 0) && (
        <span className="block text-danger">
          {copies.failing > 0 && `${countText(copies.failing, "appointment")} could not be written. `}
          {lastError}
        </span>
      )}
    </>
  );
}
