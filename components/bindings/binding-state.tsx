import { countText } from "@/components/connections/words";
import { TimeAgo } from "@/components/dashboard/time-ago";
import type { Binding } from "@/lib/bindings/list";
import { isOutOfSight } from "./words";

type Props = {
  binding: Binding;
  /** Other bindings of the same calendar may bring what this one wants there, too. */
  hasNeighbours: boolean;
  now: Date;
};

/** How many copies lie there, since when, and what stands in the way. */
export function BindingState({ binding, hasNeighbours, now }: Props) {
  const { leaving, copies, lastError, isEnabled, connection } = binding;
  return (
    <>
      <span className="block">
        {isEnabled ? <Copies {...{ binding, hasNeighbours, now }} /> : "Nothing is copied."}
      </span>
      {leaving > 0 && (
        <span className="block">
          {countText(leaving, "appointment")} still to be taken out of this calendar.
        </span>
      )}
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

function Copies({ binding: { copies, lastSyncedAt }, hasNeighbours, now }: Props) {
  const { inCalendar, pending, failing } = copies;
  const all = inCalendar + pending + failing;
  const since = lastSyncedAt && <TimeAgo instant={lastSyncedAt} now={now} />;
  if (inCalendar < all)
    return (
      <>
        {inCalendar.toLocaleString("en")} of {countText(all, "appointment")} there
        {since && <>; all of them were {since}</>}
      </>
    );
  if (all === 0 && !since) return "Looking for what belongs there.";
  if (all === 0)
    return (
      <>
        {hasNeighbours ? "Nothing besides what another binding brings" : "No appointments to copy"}; checked{" "}
        {since}
      </>
    );
  return (
    <>
      {countText(all, "appointment")}
      {since && <>, all there {since}</>}
    </>
  );
}
