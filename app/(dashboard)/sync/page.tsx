import { History } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { SyncButton } from "@/components/connections/sync-button";
import { isRead, runOf } from "@/components/connections/words";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { SyncTabs } from "@/components/runs/sync-tabs";
import { ActivityChart } from "@/components/sync/activity-chart";
import { HistoryFilter } from "@/components/sync/history-filter";
import { historyHref } from "@/components/sync/history-href";
import { RunsTable } from "@/components/sync/runs-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pages } from "@/components/ui/pages";
import { viewerAt } from "@/lib/auth/session";
import { type Connection, listConnections } from "@/lib/connections/list";
import { listActivity } from "@/lib/sync/activity";
import { listSyncRuns } from "@/lib/sync/history";
import { type HistoryQuery, historyQuery } from "@/lib/sync/schema";
import { getProfile } from "@/lib/users/profile";
import { sync, syncEverything } from "../connections/actions";
import { readerClock } from "../reader";

export const metadata: Metadata = { title: "Sync history" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function SyncPage(props: Props) {
  return (
    <>
      <PageHeader
        title="Sync history"
        description="Every time a calendar was read or written, newest first."
      />
      <Suspense fallback={<RowsSkeleton rows={6} />}>
        <Runs {...props} />
      </Suspense>
    </>
  );
}

async function Runs({ searchParams }: Props) {
  const viewer = await viewerAt("/sync");
  const asked = historyQuery.parse(await searchParams);
  const now = new Date();
  const [{ runs, hasMore }, hours, connections, { timeZone }] = await Promise.all([
    listSyncRuns(viewer, asked),
    listActivity(viewer, now, asked),
    listConnections(viewer),
    getProfile(viewer),
  ]);
  const clock = await readerClock(timeZone);
  const isFiltered = Boolean(asked.only || asked.calendar || asked.before);
  const oldest = hasMore ? runs.at(-1)?.id : undefined;
  return (
    <div className="flex flex-col gap-4">
      {viewer.role === "admin" && <SyncTabs current="/sync" />}
      {(runs.length > 0 || isFiltered) && (
        <>
          <ActivityChart hours={hours} clock={clock} />
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
            <HistoryFilter asked={asked} accounts={connections} />
            <SyncNow asked={asked} connections={connections} />
          </div>
        </>
      )}
      <Card className="overflow-hidden">
        {runs.length > 0 ? (
          <RunsTable runs={runs} clock={clock} />
        ) : (
          <NoRuns asked={asked} isFiltered={isFiltered} />
        )}
      </Card>
      <Pages
        of="runs"
        newest={asked.before ? historyHref({ ...asked, before: undefined }) : null}
        older={oldest ? historyHref({ ...asked, before: oldest }) : null}
      />
    </div>
  );
}

/** Reads the calendar that is looked at, or all of them. */
function SyncNow({ asked, connections }: { asked: HistoryQuery; connections: Connection[] }) {
  const read = connections.flatMap(({ calendars }) => calendars).filter(isRead);
  const chosen = read.find(({ id }) => id === asked.calendar);
  if (chosen)
    return <SyncButton name={chosen.name} lastRuns={[runOf(chosen)]} sync={sync.bind(null, chosen.id)} />;
  if (asked.calendar || read.length === 0) return null;
  return (
    <SyncButton label="Sync all" name="every calendar" lastRuns={read.map(runOf)} sync={syncEverything} />
  );
}

function NoRuns({ asked, isFiltered }: { asked: HistoryQuery; isFiltered: boolean }) {
  if (!isFiltered)
    return (
      <EmptyState
        icon={History}
        title="Nothing synced yet"
        description="Once a calendar blocks bookings or receives them, each time it is read or written shows up here."
      />
    );
  return (
    <EmptyState
      icon={History}
      title={asked.only ? "No failures" : "No such runs"}
      description={asked.only ? "Every run on record went well." : "Nothing on record matches."}
      action={
        <ButtonLink href="/sync" size="sm">
          Show all runs
        </ButtonLink>
      }
    />
  );
}
