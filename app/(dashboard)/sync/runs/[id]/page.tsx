import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { StayFresh } from "@/components/dashboard/stay-fresh";
import { Code } from "@/components/runs/fold";
import { Output } from "@/components/runs/output";
import { RunActions } from "@/components/runs/run-actions";
import { RunFacts } from "@/components/runs/run-facts";
import { RunStatus } from "@/components/runs/run-status";
import { Failed, RunSteps } from "@/components/runs/run-steps";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { findRun, type RunDetails } from "@/lib/runs/find";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../../../reader";
import { cancel, retry } from "../actions";
import { isMoving } from "../moving";

export const metadata: Metadata = { title: "Run" };

type Props = { params: Promise<{ id: string }> };

export default function RunPage(props: Props) {
  return (
    <Suspense fallback={<RowsSkeleton rows={4} />}>
      <Run {...props} />
    </Suspense>
  );
}

async function Run({ params }: Props) {
  const { id } = await params;
  const viewer = await viewerAt(`/sync/runs/${id}`);
  if (viewer.role !== "admin") notFound();
  const now = new Date();
  const [run, { timeZone }] = await Promise.all([findRun(viewer, id, now), getProfile(viewer)]);
  if (!run) notFound();
  const clock = await readerClock(timeZone);
  const place = { run, clock, now };
  return (
    <>
      {isMoving(run, now) && <StayFresh everyMs={2_000} />}
      <Link
        href="/sync/runs"
        className="mb-3 inline-flex min-h-9 items-center gap-1.5 rounded-sm text-muted text-sm hover:text-ink pointer-coarse:min-h-11"
      >
        <ArrowLeft aria-hidden="true" className="size-4" />
        Runs
      </Link>
      <PageHeader
        title={run.title}
        description={<RunStatus state={run.state} />}
        actions={<RunActions run={run} retry={retry.bind(null, id)} cancel={cancel.bind(null, id)} />}
      />
      <div className="flex flex-col gap-6">
        <Card>
          <CardHeader title="Run" className="pb-3" />
          <CardBody className="flex flex-col gap-4">
            <Trouble run={run} />
            <RunFacts {...place} />
            {run.output && run.output.preview !== "null" && <Output {...run.output} of="the run" />}
          </CardBody>
        </Card>
        <Card className="overflow-hidden">
          <CardHeader title="Steps" description={stepsWords(run)} />
          {run.steps.length + run.queued.length > 0 && <RunSteps {...place} />}
        </Card>
        <Card>
          <CardHeader
            title="Event"
            description="What the run was started with. Text that is neither an id nor a word of ours is withheld."
            className="pb-2"
          />
          <CardBody>
            {run.events.map(({ id: eventId, name, data }) => (
              <Code key={eventId} label={`Event ${name}`}>
                {JSON.stringify({ id: eventId, name, data }, null, 2)}
              </Code>
            ))}
          </CardBody>
        </Card>
      </div>
    </>
  );
}

function Trouble({ run: { failure, status } }: { run: RunDetails }) {
  if (!failure || status === "running") return null;
  return (
    <div className="rounded-md bg-danger-soft p-4">
      <Failed failure={failure} />
    </div>
  );
}

function stepsWords({ steps, queued, status }: RunDetails): string {
  if (steps.length + queued.length > 0) return "In the order they ended; what is still to come stands last.";
  return status === "completed" ? "This run had no steps." : "It ended before its first step.";
}
