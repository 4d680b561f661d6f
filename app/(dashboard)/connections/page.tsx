import { Link2, Plus } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { CalendarChoice } from "@/components/connections/calendar-choice";
import { ConnectionCard } from "@/components/connections/connection-card";
import { DisconnectButton } from "@/components/connections/disconnect-button";
import { Overview } from "@/components/connections/overview";
import { isForBookings, isRead } from "@/components/connections/words";
import { ClosedBanner } from "@/components/dashboard/closed-banner";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { StayFresh } from "@/components/dashboard/stay-fresh";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { findClosedReason } from "@/lib/availability/closed";
import { type CalendarHealth, type ConnectionHealth, listConnectionHealth } from "@/lib/connections/health";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";
import { choose, disconnectAccount, sync, syncEverything } from "./actions";

export const metadata: Metadata = { title: "Connections" };

type Props = { searchParams: Promise<{ new?: string | string[] }> };

export default function ConnectionsPage(props: Props) {
  return (
    <>
      <PageHeader
        title="Connections"
        description="Your calendar accounts, and what each calendar is for."
        actions={
          <ButtonLink href="/connections/new" variant="primary">
            <Plus aria-hidden="true" />
            Connect a calendar
          </ButtonLink>
        }
      />
      <Suspense fallback={<RowsSkeleton rows={3} />}>
        <Connections {...props} />
      </Suspense>
    </>
  );
}

async function Connections({ searchParams }: Props) {
  const { new: newId } = await searchParams;
  const viewer = await viewerAt("/connections");
  const now = new Date();
  const [connections, closed, profile] = await Promise.all([
    listConnectionHealth(viewer, now),
    findClosedReason(viewer, now),
    getProfile(viewer),
  ]);
  if (connections.length === 0) return <NoConnections />;
  const isFirstRead = connections.some(isBeingRead);
  return (
    <div className="flex flex-col gap-6">
      {isFirstRead && <StayFresh everyMs={1500} />}
      {closed && !isFirstRead && (
        <ClosedBanner
          closed={closed}
          connections={connections}
          clock={await readerClock(profile.timeZone)}
          now={now}
        />
      )}
      <Overview connections={connections} now={now} sync={syncEverything} />
      {connections.map((connection) => (
        <ConnectionCard
          key={connection.id}
          connection={connection}
          now={now}
          actions={
            <DisconnectButton
              account={connection.account}
              disconnect={disconnectAccount.bind(null, connection.id)}
            />
          }
        >
          <CalendarChoice
            // Its fields keep what somebody is choosing; what was saved meanwhile starts them afresh.
            key={keyOf(connection)}
            connection={connection}
            isNew={connection.id === newId && !connection.calendars.some(isForBookings)}
            hasDestinationElsewhere={connections.some(
              (other) => other !== connection && other.calendars.some(({ isDestination }) => isDestination),
            )}
            now={now}
            choose={choose.bind(null, connection.id)}
            sync={sync}
          />
        </ConnectionCard>
      ))}
    </div>
  );
}

function NoConnections() {
  return (
    <Card>
      <EmptyState
        icon={Link2}
        title="No calendar connected"
        description="Connect the calendar you live by. Its events then block bookings, and bookings appear in it."
        action={
          <ButtonLink href="/connections/new" variant="primary">
            Connect a calendar
          </ButtonLink>
        }
      />
    </Card>
  );
}

/** A first read takes seconds; whoever waits for it sees it end. */
function isBeingRead({ status, calendars }: ConnectionHealth): boolean {
  const isUnread = (one: CalendarHealth) => isRead(one) && !one.lastSyncedAt && !one.lastError;
  return status === "connected" && calendars.some(isUnread);
}

function keyOf({ calendars }: ConnectionHealth): string {
  return calendars
    .map((one) => `${one.id}${one.checksConflicts}${one.allDayBlocks}${one.isDestination}`)
    .join();
}
