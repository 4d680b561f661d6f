import { Badge, StatusBadge } from "@/components/ui/badge";
import type { RunDetails } from "@/lib/runs/find";
import type { Clock } from "@/lib/time";
import { Code, Fold } from "./fold";
import { Output } from "./output";
import { RunStatus } from "./run-status";
import { tookText } from "./took";
import { Moment } from "./when";

type Props = { run: RunDetails; clock: Clock; now: Date };

/** What a run has done, in the order it was done, and below it what is queued. */
export function RunSteps({ run, clock, now }: Props) {
  return (
    <ol className="divide-y divide-line border-line border-t">
      {run.hasMoreSteps && (
        <li className="px-5 py-3 text-muted text-sm sm:px-6">
          Only the newest {run.steps.length} steps are shown.
        </li>
      )}
      {run.steps.map((step) => (
        <DoneStep key={step.id} step={step} clock={clock} />
      ))}
      {run.queued.map((job) => (
        <QueuedJob key={job.id} job={job} clock={clock} now={now} />
      ))}
    </ol>
  );
}

type Step = RunDetails["steps"][number];

function DoneStep({ step, clock }: { step: Step; clock: Clock }) {
  const { name, failure, output, attempts, startedAt, endedAt } = step;
  return (
    <Row
      name={name}
      badge={<StatusBadge status={failure ? "failed" : "ok"}>{failure ? "Failed" : "Done"}</StatusBadge>}
      facts={
        <>
          <Moment instant={endedAt} clock={clock} />
          {startedAt && <> · took {tookText(endedAt.getTime() - startedAt.getTime())}</>}
          {attempts > 1 && <> · {attempts} tries</>}
        </>
      }
    >
      {failure && <Failed failure={failure} />}
      {output && output.preview !== "null" && <Output {...output} of={name} />}
    </Row>
  );
}

type Job = RunDetails["queued"][number];

function QueuedJob({ job, clock, now }: { job: Job; clock: Clock; now: Date }) {
  const { attempt, isLeased, isParked, leasedAt, failure } = job;
  return (
    <Row
      name={nameOf(job)}
      badge={<RunStatus state={jobState(job)} />}
      facts={
        <>
          {isLeased && leasedAt ? (
            <>running for {tookText(now.getTime() - leasedAt.getTime())}</>
          ) : isParked ? (
            "waits until another run with the same key has ended its step"
          ) : (
            <>
              due <Moment instant={job.dueAt} clock={clock} />
            </>
          )}
          {attempt > 0 && <> · failed {attempt === 1 ? "once" : `${attempt} times`}</>}
        </>
      }
    >
      {failure && <Failed failure={failure} />}
    </Row>
  );
}

function nameOf({ kind, name, eventName }: Job): string {
  if (kind === "discovery") return "Next step";
  if (kind === "sleep") return "Sleep";
  if (kind === "timeout") return eventName ? `Wait for ${eventName}` : "Wait for an event";
  return name ?? "Step";
}

function jobState({ isLeased, isParked, attempt, isDue }: Job) {
  if (isLeased) return "running";
  if (attempt > 0) return "retrying";
  return isParked || isDue ? "queued" : "waiting";
}

function Row({
  name,
  badge,
  facts,
  children,
}: {
  name: string;
  badge: React.ReactNode;
  facts: React.ReactNode;
  children?: React.ReactNode;
}) {
  return (
    <li className="flex flex-col gap-1.5 px-5 py-4 sm:px-6">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="break-words font-medium text-[0.9375rem]">{name}</p>
          <p className="text-muted text-sm tabular-nums">{facts}</p>
        </div>
        {badge}
      </div>
      {children}
    </li>
  );
}

const longMessage = 400;

/** An error as a person reads it; where it came from, and what a server had to say at length, is folded away. */
export function Failed({ failure: { name, message, stack } }: { failure: NonNullable<Step["failure"]> }) {
  const isLong = message.length > longMessage;
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <p className="whitespace-pre-line break-words text-danger text-sm">
        {isLong ? `${message.slice(0, longMessage)}…` : message}
      </p>
      {isLong && (
        <Fold summary="All of it">
          <p className="whitespace-pre-line break-words text-sm">{message}</p>
        </Fold>
      )}
      {stack ? (
        <Fold summary={`${name}, where it came from`}>
          <Code label="Stack">{stack}</Code>
        </Fold>
      ) : (
        name !== "Error" && <Badge>{name}</Badge>
      )}
    </div>
  );
}
