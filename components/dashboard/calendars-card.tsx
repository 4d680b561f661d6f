import { Rss } from "lucide-react";
import Link from "next/link";
import { CalendarReading, CalendarStatus } from "@/components/connections/calendar-status";
import { ProviderMark } from "@/components/connections/provider-mark";
import { countText, isRead } from "@/components/connections/words";
import { needsCare } from "@/components/subscriptions/words";
import { StatusBadge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { ConnectionHealth } from "@/lib/connections/health";
import type { Subscription } from "@/lib/subscriptions/view";

type Feeds = Pick<Subscription, "status">[];
type Props = { connections: ConnectionHealth[]; feeds: Feeds; now: Date };

/** How the calendars in use are doing. */
export function CalendarsCard({ connections, feeds, now }: Props) {
  const used = connections.flatMap((connection) =>
    connection.calendars.filter(isRead).map((calendar) => ({ connection, calendar })),
  );
  if (used.length === 0 && feeds.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Calendars"
        actions={
          <Link
            href="/connections"
            className="rounded-sm font-medium text-accent-text text-sm underline underline-offset-2"
          >
            Manage
          </Link>
        }
        className="pb-3"
      />
      <ul className="divide-y divide-line border-line border-t">
        {used.map(({ connection, calendar }) => (
          <li key={calendar.id} className="flex flex-col gap-1.5 px-5 py-3.5 sm:px-6">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span className="flex min-w-0 items-center gap-2">
                <ProviderMark provider={connection.provider} size="sm" />
                <span className="min-w-0 truncate font-medium text-[0.9375rem]">{calendar.name}</span>
              </span>
              <CalendarStatus calendar={calendar} connection={connection} now={now} />
            </div>
            <p className="text-muted text-sm">
              <CalendarReading calendar={calendar} connection={connection} now={now} isBrief />
              {calendar.isDestination && <span className="block">Receives bookings</span>}
            </p>
          </li>
        ))}
        {feeds.length > 0 && (
          <li className="flex flex-wrap items-center justify-between gap-2 px-5 py-3.5 sm:px-6">
            <FeedsRow feeds={feeds} />
          </li>
        )}
      </ul>
    </Card>
  );
}

/** Subscriptions in a line: their own page says more. */
function FeedsRow({ feeds }: { feeds: Feeds }) {
  const failing = feeds.filter(needsCare).length;
  return (
    <>
      <Link
        href="/subscriptions"
        className="flex min-w-0 items-center gap-2 rounded-sm font-medium text-[0.9375rem] underline-offset-2 hover:underline"
      >
        <span
          aria-hidden="true"
          className="grid size-6 shrink-0 place-items-center rounded-sm border border-line bg-raised text-muted"
        >
          <Rss className="size-3.5" />
        </span>
        {countText(feeds.length, "subscription")}
      </Link>
      {failing === 0 ? (
        <StatusBadge status="ok">Kept fresh</StatusBadge>
      ) : (
        <StatusBadge status="failed">{failing} failing</StatusBadge>
      )}
    </>
  );
}
