import { History } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { SyncTabs } from "@/components/runs/sync-tabs";
import { RunsTable } from "@/components/sync/runs-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { listSyncRuns } from "@/lib/sync/history";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";

export const metadata: Metadata = { title: "Sync history" };

type Props = { searchParams: Promise<{ before?: string | string[]; only?: string | string[] }> };

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
  const { before: asked, only } = await searchParams;
  const before = Number(asked);
  const onlyErrors = only === "errors";
  const viewer = await viewerAt("/sync");
  const [{ runs, hasMore }, { timeZone }] = await Promise.all([
    listSyncRuns(viewer, { onlyErrors, ...(Number.isSafeInteger(before) ? { before } : {}) }),
    getProfile(viewer),
  ]);
  const clock = await readerClock(timeZone);
  const last = runs.at(-1);
  return (
    <div className="flex flex-col gap-4">
      {viewer.role === "admin" && <SyncTabs current="/sync" />}
      <div className="flex gap-2">
        {onlyErrors ? (
          <ButtonLink href="/sync" size="sm">
            Show all runs
          </ButtonLink>
        ) : (
          <ButtonLink href="/sync?only=errors" size="sm">
            Show failures only
          </ButtonLink>
        )}
      </div>
      <Card className="overflow-hidden">
        {runs.length > 0 ? <RunsTable runs={runs} clock={clock} /> : <NoRuns onlyErrors={onlyErrors} />}
      </Card>
      {hasMore && last && (
        <ButtonLink href={`/sync?before=${last.id}${onlyErrors ? "&only=errors" : ""}`} className="self-end">
          Older runs
        </ButtonLink>
      )}
    </div>
  );
}

function NoRuns({ onlyErrors }: { onlyErrors: boolean }) {
  if (onlyErrors)
    return <EmptyState icon={History} title="No failures" description="Every run on record went well." />;
  return (
    <EmptyState
      icon={History}
      title="Nothing synced yet"
      description="Once a calendar blocks bookings, each time it is read shows up here."
    />
  );
}
