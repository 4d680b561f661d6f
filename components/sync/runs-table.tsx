import { StatusBadge } from "@/components/ui/badge";
import type { SyncRun } from "@/lib/sync/history";
import { type Clock, dayOf, formatDay, formatTime } from "@/lib/time";

type Props = { runs: SyncRun[]; clock: Clock };

const cell = "px-4 py-3 align-top first:pl-5 last:pr-5 sm:first:pl-6 sm:last:pr-6";

export function RunsTable({ runs, clock }: Props) {
  return (
    <table className="w-full text-left text-[0.9375rem]">
      <caption className="sr-only">Sync runs, newest first</caption>
      <thead className="border-line border-b text-muted text-sm">
        <tr>
          {["When", "Calendar", "Result"].map((name) => (
            <th key={name} scope="col" className={`${cell} font-medium`}>
              {name}
            </th>
          ))}
          <th scope="col" className={`${cell} font-medium max-md:hidden`}>
            Changes
          </th>
          <th scope="col" className={`${cell} text-right font-medium max-md:hidden`}>
            Took
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {runs.map((run) => (
          <tr key={run.id}>
            <td className={`${cell} whitespace-nowrap tabular-nums`}>
              <When instant={run.startedAt} clock={clock} />
            </td>
            <td className={`${cell} w-full min-w-0`}>
              <span className="block">{run.calendarName ?? "A calendar that was removed"}</span>
              <span className="block text-muted text-sm">
                {run.operation === "pull" ? "Read" : "Written"}
                {run.account && <span className="max-sm:hidden"> · {run.account}</span>}
              </span>
              {run.error && <span className="mt-1 block text-danger text-sm">{run.error}</span>}
            </td>
            <td className={cell}>
              <StatusBadge status={run.status === "ok" ? "ok" : "failed"}>
                {run.status === "ok" ? "Done" : "Failed"}
              </StatusBadge>
            </td>
            <td className={`${cell} whitespace-nowrap text-muted max-md:hidden`}>{changesOf(run)}</td>
            <td className={`${cell} whitespace-nowrap text-right text-muted tabular-nums max-md:hidden`}>
              {tookText(run.durationMs)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function When({ instant, clock }: { instant: Date; clock: Clock }) {
  const day = formatDay(dayOf(instant, clock.timeZone), clock.locale, { day: "numeric", month: "short" });
  return (
    <time dateTime={instant.toISOString()}>
      <span className="block">{formatTime(instant, clock)}</span>
      <span className="block text-muted text-sm">{day}</span>
    </time>
  );
}

function changesOf({ created, updated, deleted }: SyncRun): string {
  const parts = [
    ...(created > 0 ? [`${created} new`] : []),
    ...(updated > 0 ? [`${updated} changed`] : []),
    ...(deleted > 0 ? [`${deleted} removed`] : []),
  ];
  return parts.join(", ") || "None";
}

function tookText(durationMs: number): string {
  return durationMs < 1000 ? `${durationMs} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
