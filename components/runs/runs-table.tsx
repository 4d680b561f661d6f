import Link from "next/link";
import type { RunRow } from "@/lib/runs/list";
import type { Clock } from "@/lib/time";
import { RunStatus } from "./run-status";
import { tookText } from "./took";
import { Moment, When } from "./when";

type Props = { runs: RunRow[]; clock: Clock; now: Date };

const cell = "px-4 py-3 align-top first:pl-5 last:pr-5 sm:first:pl-6 sm:last:pr-6";
const wide = `${cell} whitespace-nowrap text-muted tabular-nums max-md:hidden`;

export function RunsTable({ runs, clock, now }: Props) {
  return (
    <table className="w-full text-left text-[0.9375rem]">
      <caption className="sr-only">Runs, newest first</caption>
      <thead className="border-line border-b text-muted text-sm">
        <tr>
          {["Started", "Function"].map((name) => (
            <th key={name} scope="col" className={`${cell} font-medium`}>
              {name}
            </th>
          ))}
          <th scope="col" className={`${cell} font-medium max-sm:hidden`}>
            Status
          </th>
          {["Tries", "Finished", "Took"].map((name) => (
            <th key={name} scope="col" className={`${wide} text-right font-medium`}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {runs.map((run) => (
          <tr key={run.id}>
            <td className={`${cell} whitespace-nowrap tabular-nums`}>
              <When instant={run.startedAt ?? run.createdAt} clock={clock} />
            </td>
            <td className={`${cell} relative w-full min-w-0 max-w-0`}>
              <Link
                href={`/sync/runs/${run.id}`}
                className="block rounded-sm font-medium underline-offset-2 after:absolute after:inset-0 hover:underline"
              >
                {run.title}
              </Link>
              <span className="my-1 block sm:hidden">
                <RunStatus state={run.state} />
              </span>
              <span className="block text-muted text-sm md:hidden">{summaryOf(run, now)}</span>
              <Trouble run={run} clock={clock} />
            </td>
            <td className={`${cell} max-sm:hidden`}>
              <RunStatus state={run.state} />
            </td>
            <td className={`${wide} text-right`}>{run.tries > 0 ? run.tries : "–"}</td>
            <td className={`${wide} text-right`}>
              {run.endedAt ? <When instant={run.endedAt} clock={clock} /> : "–"}
            </td>
            <td className={`${wide} text-right`}>{durationOf(run, now) ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Trouble({ run, clock }: Pick<Props, "clock"> & { run: RunRow }) {
  const { failure, state, dueAt } = run;
  const isAhead = dueAt !== null && (state === "retrying" || state === "waiting");
  return (
    <>
      {failure && (
        <span className="mt-1 line-clamp-2 break-words text-danger text-sm">{failure.message}</span>
      )}
      {isAhead && (
        <span className="mt-0.5 block text-muted text-sm">
          {state === "retrying" ? "Tried again" : "Goes on"} <Moment instant={dueAt} clock={clock} />
        </span>
      )}
    </>
  );
}

/** What a phone has no columns for. */
function summaryOf(run: RunRow, now: Date): string {
  const took = durationOf(run, now);
  const tries = run.tries > 1 ? `${run.tries} tries` : null;
  return [tries, took].filter(Boolean).join(" · ");
}

export function durationOf({ startedAt, endedAt }: RunRow, now: Date): string | null {
  return startedAt && tookText((endedAt ?? now).getTime() - startedAt.getTime());
}
