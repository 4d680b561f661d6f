import Link from "next/link";
import { Facts } from "@/components/ui/list";
import type { RunDetails } from "@/lib/runs/find";
import type { Clock } from "@/lib/time";
import { durationOf } from "./runs-table";
import { Moment } from "./when";

type Props = { run: RunDetails; clock: Clock; now: Date };

export function RunFacts({ run, clock, now }: Props) {
  const { startedAt, endedAt, createdAt, dueAt, state, tries, repeats, repeatedBy } = run;
  const at = (instant: Date) => <Moment instant={instant} clock={clock} />;
  const isAhead = state === "waiting" || state === "retrying";
  const hasWaited = !startedAt || startedAt.getTime() - createdAt.getTime() > 60_000;
  const took = durationOf(run, now);
  const items = [
    {
      name: "Event",
      value: <span className="break-all">{run.events.map(({ name }) => name).join(", ")}</span>,
    },
    ...(hasWaited ? [{ name: "Asked for", value: at(createdAt) }] : []),
    { name: "Started", value: startedAt ? at(startedAt) : "Not yet" },
    ...(endedAt ? [{ name: "Finished", value: at(endedAt) }] : []),
    ...(took ? [{ name: endedAt ? "Took" : "Under way for", value: took }] : []),
    ...(dueAt && isAhead ? [{ name: state === "retrying" ? "Next try" : "Goes on", value: at(dueAt) }] : []),
    { name: "Tries", value: tries > 0 ? `${tries}` : "None yet" },
    ...(repeats ? [{ name: "Retry of", value: <RunLink id={repeats} /> }] : []),
    ...(repeatedBy ? [{ name: "Retried as", value: <RunLink id={repeatedBy} /> }] : []),
    { name: "Run", value: <Id>{run.id}</Id> },
    { name: "Function", value: <Id>{run.functionId}</Id> },
  ];
  return <Facts items={items} className="text-[0.9375rem]" />;
}

function RunLink({ id }: { id: string }) {
  return (
    <Link href={`/sync/runs/${id}`} className="text-accent-text underline underline-offset-2">
      <Id>{id}</Id>
    </Link>
  );
}

function Id({ children }: { children: string }) {
  return <code className="break-all font-mono text-sm">{children}</code>;
}
