import { CalendarDays } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { BookingDays } from "@/components/bookings/booking-days";
import { PeriodTabs } from "@/components/bookings/period-tabs";
import { WaitingBookings } from "@/components/bookings/waiting-bookings";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { type BookingPeriod, bookingPeriods, listBookings, listWaitingBookings } from "@/lib/booking/list";
import { zoneCity } from "@/lib/time";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";
import { accept, cancel, decline } from "./actions";

export const metadata: Metadata = { title: "Bookings" };

type Props = { searchParams: Promise<{ period?: string | string[]; page?: string | string[] }> };

export default function BookingsPage(props: Props) {
  return (
    <>
      <PageHeader title="Bookings" description="What visitors booked with you." />
      <Suspense fallback={<RowsSkeleton />}>
        <Bookings {...props} />
      </Suspense>
    </>
  );
}

async function Bookings({ searchParams }: Props) {
  const asked = await searchParams;
  const period = bookingPeriods.find((known) => known === asked.period) ?? "upcoming";
  const page = Math.max(0, Math.trunc(Number(asked.page)) || 0);
  const viewer = await viewerAt(`/bookings?period=${period}`);
  const now = new Date();
  const [{ bookings, hasMore }, waiting, { timeZone }] = await Promise.all([
    listBookings(viewer, { period, now, page }),
    listWaitingBookings(viewer, now),
    getProfile(viewer),
  ]);
  const verbs = { accept, cancel, decline };
  const clock = await readerClock(timeZone);
  return (
    <>
      {waiting.length > 0 && <WaitingBookings bookings={waiting} clock={clock} now={now} verbs={verbs} />}
      <PeriodTabs period={period} />
      {bookings.length === 0 ? (
        <Card>
          <EmptyState icon={CalendarDays} {...emptyWords[period]} />
        </Card>
      ) : (
        <>
          <BookingDays bookings={bookings} clock={clock} now={now} verbs={verbs} />
          <p className="mt-6 text-muted text-sm">All times are in {zoneCity(timeZone)} time.</p>
        </>
      )}
      {(page > 0 || hasMore) && (
        <nav aria-label="Pages" className="mt-6 flex justify-between">
          {page > 0 ? (
            <ButtonLink href={`/bookings?period=${period}&page=${page - 1}`}>Previous</ButtonLink>
          ) : (
            <span />
          )}
          {hasMore && <ButtonLink href={`/bookings?period=${period}&page=${page + 1}`}>Next</ButtonLink>}
        </nav>
      )}
    </>
  );
}

const emptyWords: Record<BookingPeriod, { title: string; description: string }> = {
  upcoming: {
    title: "Nothing booked ahead",
    description: "When somebody books a time with you, it appears here by itself.",
  },
  past: { title: "No meetings yet", description: "Bookings move here when their time is over." },
  dropped: {
    title: "Nothing declined or cancelled",
    description: "Bookings that could not be confirmed, or were called off, are kept here.",
  },
};
