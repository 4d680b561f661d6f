import { Workflow } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { StayFresh } from "@/components/dashboard/stay-fresh";
import { RunsFilter } from "@/components/runs/runs-filter";
import { runsHref } from "@/components/runs/runs-href";
import { RunsTable } from "@/components/runs/runs-table";
import { SyncTabs } from "@/components/runs/sync-tabs";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pages } from "@/components/ui/pages";
import { usesServer } from "@/inngest/client";
import { viewerAt } from "@/lib/auth/session";
import { listRunFunctions, listRuns } from "@/lib/runs/list";
import { runsQuery } from "@/lib/runs/schema";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../../reader";
import { isMoving } from "./moving";

export const metadata: Metadata = { title: "Runs" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function RunsPage(props: Props) {
  return (
    <Suspense
      fallback={
        <Frame>
          <RowsSkeleton rows={6} />
        </Frame>
      }
    >
      <Runs {...props} />
    </Suspense>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader
        title="Runs"
        description="What the engine does after each click and on its own: confirm, write back, read calendars."
      />
      <div className="flex flex-col gap-4">
        <SyncTabs current="/sync/runs" />
        {children}
      </div>
    </>
  );
}

async function Runs({ searchParams }: Props) {
  const viewer = await viewerAt("/sync/runs");
  if (viewer.role !== "admin") notFound();
  const asked = runsQuery.parse(await searchParams);
  const now = new Date();
  const { status, function: functionId, before } = asked;
  const [{ runs, hasMore }, functions, { timeZone }] = await Promise.all([
    listRuns(viewer, { now, status, functionId, before }),
    listRunFunctions(viewer),
    getProfile(viewer),
  ]);
  const clock = await readerClock(timeZone);
  const last = runs.at(-1);
  return (
    <Frame>
      {runs.some((run) => isMoving(run, now)) && <StayFresh everyMs={2_000} />}
      {usesServer() && (
        <Banner title="An Inngest server runs the functions">
          Its dashboard shows their runs. What stands here is from before.
        </Banner>
      )}
      <RunsFilter asked={asked} functions={functions} />
      <Card className="overflow-hidden">
        {runs.length > 0 ? (
          <RunsTable runs={runs} clock={clock} now={now} />
        ) : (
          <NoRuns isFiltered={!!(status || functionId || before)} />
        )}
      </Card>
      <Pages
        of="runs"
        newest={asked.before ? runsHref({ ...asked, before: undefined }) : null}
        older={hasMore && last ? runsHref({ ...asked, before: last.id }) : null}
      />
    </Frame>
  );
}

function NoRuns({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyState
        icon={Workflow}
        title="No such runs"
        description="Nothing on record matches."
        action={
          <ButtonLink href="/sync/runs" size="sm">
            Show all runs
          </ButtonLink>
        }
      />
    );
  return (
    <EmptyState
      icon={Workflow}
      title="Nothing has run yet"
      description="Every five minutes calendars get their turn, and each booking brings runs of its own. They show up here."
    />
  );
}
