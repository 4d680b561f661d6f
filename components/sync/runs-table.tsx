import { tookText } from "@/components/runs/took";
import { When } from "@/components/runs/when";
import { StatusBadge } from "@/components/ui/badge";
import type { SyncRun } from "@/lib/sync/history";
import type { Clock } from "@/lib/time";
import { changesOf, operationWords } from "./run-words";
import { Settled } from "./settled";

type Props = { runs: SyncRun[]; clock: Clock };

const cell = "px-4 py-3 align-top first:pl-5 last:pr-5 sm:first:pl-6 sm:last:pr-6";
const wide = `${cell} whitespace-nowrap text-muted max-md:hidden`;

export function RunsTable({ runs, clock }: Props) {
  return (
    <table className="w-full text-left text-[0.9375rem]">
      <caption className="sr-only">Sync runs, newest first</caption>
      <thead className="border-line border-b text-muted text-sm">
        <tr>
          {["When", "Calendar"].map((name) => (
            <th key={name} scope="col" className={`${cell} font-medium`}>
              {name}
            </th>
          ))}
          <th scope="col" className={`${cell} font-medium max-sm:hidden`}>
            Result
          </th>
          <th scope="col" className={`${wide} font-medium`}>
            Changes
          </th>
          <th scope="col" className={`${wide} text-right font-medium`}>
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
            <td className={`${cell} wrap-anywhere w-full min-w-0`}>
              <span className="block">{run.calendarName ?? "A calendar that was removed"}</span>
              <span className="block text-muted text-sm">
                {operationWords[run.operation]}
                {run.account && <span className="max-sm:hidden"> · {run.account}</span>}
              </span>
              <span className="my-1 block sm:hidden">
                <Result run={run} />
              </span>
              <span className="block text-muted text-sm md:hidden">{summaryOf(run)}</span>
              {run.error && <span className="mt-1 block text-danger text-sm">{run.error}</span>}
              {run.settled && <Settled {...run.settled} clock={clock} />}
            </td>
            <td className={`${cell} max-sm:hidden`}>
              <Result run={run} />
            </td>
            <td className={wide}>{changesOf(run)}</td>
            <td className={`${wide} text-right tabular-nums`}>{tookText(run.durationMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Result({ run: { status } }: { run: SyncRun }) {
  return status === "ok" ? (
    <StatusBadge status="ok">Done</StatusBadge>
  ) : (
    <StatusBadge status="failed">Failed</StatusBadge>
  );
}

/** What a phone has no columns for. */
function summaryOf(run: SyncRun): string {
  const changes = changesOf(run);
  return [...(changes === "None" || changes === "–" ? [] : [changes]), tookText(run.durationMs)].join(" · ");
}
