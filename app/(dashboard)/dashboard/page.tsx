import type { Metadata } from "next";
import { Suspense } from "react";
import { Agenda } from "@/components/dashboard/agenda";
import { CalendarsCard } from "@/components/dashboard/calendars-card";
import { Checklist } from "@/components/dashboard/checklist";
import { PageCard } from "@/components/dashboard/page-card";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { Warnings } from "@/components/dashboard/warnings";
import { NoServerBanner } from "@/components/mailbox/no-server-banner";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { findClosedReason } from "@/lib/availability/closed";
import { listWeeklyHours } from "@/lib/availability/hours";
import { listBookings } from "@/lib/booking/list";
import { listConnectionHealth } from "@/lib/connections/health";
import { listEventTypes } from "@/lib/event-types/list";
import { sendsMail } from "@/lib/mailbox/sends-mail";
import { formatDate, formatOffset, zoneCity } from "@/lib/time";
import { bookingPageUrl } from "@/lib/users/booking-page-url";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";
import { listAllSubscriptions } from "../subscriptions/all";
import { stepsOf } from "./steps";

export const metadata: Metadata = { title: "Dashboard" };

export default function DashboardPage() {
  return (
    <Suspense
      fallback={
        <>
          <PageHeader title="Dashboard" />
          <RowsSkeleton />
        </>
      }
    >
      <Dashboard />
    </Suspense>
  );
}

async function Dashboard() {
  const viewer = await viewerAt("/dashboard");
  const now = new Date();
  const [profile, { bookings, hasMore }, past, connections, feeds, closed, hours, eventTypes] =
    await Promise.all([
      getProfile(viewer),
      listBookings(viewer, { period: "upcoming", now, size: 8 }),
      listBookings(viewer, { period: "past", now, size: 1 }),
      listConnectionHealth(viewer, now),
      listAllSubscriptions(viewer),
      findClosedReason(viewer, now),
      listWeeklyHours(viewer),
      listEventTypes(viewer),
    ]);
  const clock = await readerClock(profile.timeZone);
  const url = bookingPageUrl(profile);
  const hasBookings = bookings.length + past.bookings.length > 0;
  const steps = stepsOf({ connections, hours, eventTypes, url, hasBookings });
  const isReady = steps.every(({ isDone }) => isDone);
  return (
    <>
      <PageHeader
        title="Dashboard"
        description={`${formatDate(now, clock)} · ${zoneCity(profile.timeZone)} time (${formatOffset(now, profile.timeZone)})`}
      />
      <div className="flex flex-col gap-6">
        <Warnings closed={closed} connections={connections} clock={clock} now={now} />
        {url && viewer.role === "admin" && !sendsMail() && (
          <NoServerBanner
            action={
              <ButtonLink href="/mailbox" size="sm">
                Open the mailbox
              </ButtonLink>
            }
          />
        )}
        {!isReady && <Checklist steps={steps} />}
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
          <Agenda bookings={bookings} hasMore={hasMore} clock={clock} now={now} />
          <div className="grid gap-6 md:grid-cols-2 xl:grid-cols-1">
            {url && <PageCard url={url} />}
            <CalendarsCard connections={connections} feeds={feeds} now={now} />
          </div>
        </div>
      </div>
    </>
  );
}
