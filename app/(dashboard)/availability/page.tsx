import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { WeeklyHoursForm } from "@/components/availability/weekly-hours-form";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { listWeeklyHours } from "@/lib/availability/hours";
import { formatOffset, zoneCity } from "@/lib/time";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";
import { saveHours } from "./actions";

export const metadata: Metadata = { title: "Availability" };

export default function AvailabilityPage() {
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Availability"
        description="The hours you offer each week, before calendars and bookings take theirs."
      />
      <Suspense fallback={<FormSkeleton />}>
        <WeeklyHours />
      </Suspense>
    </div>
  );
}

async function WeeklyHours() {
  const viewer = await viewerAt("/availability");
  const [hours, { timeZone }] = await Promise.all([listWeeklyHours(viewer), getProfile(viewer)]);
  const { hour12 } = await readerClock(timeZone);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-[0.9375rem]">
        In <strong className="font-semibold">{zoneCity(timeZone)} time</strong>{" "}
        <span className="text-muted">({formatOffset(new Date(), timeZone)})</span>, on your clock all year
        round.{" "}
        <Link href="/settings" className="rounded-sm text-accent-text underline underline-offset-2">
          Change the time zone
        </Link>
      </p>
      <WeeklyHoursForm hours={hours} hour12={hour12} save={saveHours} />
    </div>
  );
}
