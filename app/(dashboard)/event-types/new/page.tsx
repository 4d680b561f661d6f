import type { Metadata } from "next";
import { Suspense } from "react";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { bookingPagesUrl, bookingPageUrl } from "@/lib/users/booking-page-url";
import { getProfile } from "@/lib/users/profile";
import { create } from "../actions";

export const metadata: Metadata = { title: "New event type" };

export default function NewEventTypePage() {
  return (
    <div className="max-w-3xl">
      <PageHeader title="New event type" />
      <Suspense fallback={<FormSkeleton />}>
        <NewEventType />
      </Suspense>
    </div>
  );
}

async function NewEventType() {
  const viewer = await viewerAt("/event-types/new");
  const pageUrl = bookingPageUrl(await getProfile(viewer)) ?? bookingPagesUrl();
  return <EventTypeForm isNew values={usual} pageUrl={pageUrl} save={create} />;
}

const usual = {
  title: "",
  slug: "",
  description: null,
  location: null,
  durationMinutes: 30,
  slotIntervalMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minimumNoticeMinutes: 240,
  bookingWindowDays: 60,
  isHidden: false,
};
