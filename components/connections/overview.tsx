import type { ActionResult } from "@/lib/action";
import type { ConnectionHealth } from "@/lib/connections/health";
import { SyncButton } from "./sync-button";
import { countText, healthOf, isRead, runOf } from "./words";

type Props = { connections: ConnectionHealth[]; now: Date; sync: () => Promise<ActionResult<void>> };

/** How all calendars are doing in a sentence, and a button that reads them. */
export function Overview({ connections, now, sync }: Props) {
  const used = connections.flatMap((connection) =>
    connection.calendars.filter(isRead).map((calendar) => ({ connection, calendar })),
  );
  if (used.length < 2) return null;
  const healthy = used.filter(
    ({ calendar, connection }) => healthOf(calendar, connection, now).status === "ok",
  );
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p className="text-[0.9375rem] text-muted">
        {healthy.length === used.length
          ? `${countText(used.length, "calendar")} are kept in step.`
          : `${healthy.length} of ${countText(used.length, "calendar")} ${healthy.length === 1 ? "is" : "are"} kept in step.`}
      </p>
      <SyncButton
        label="Sync all"
        name="every calendar"
        lastRuns={used.map(({ calendar }) => runOf(calendar))}
        sync={sync}
      />
    </div>
  );
}
