import type { Metadata } from "next";
import { Suspense } from "react";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { getSurroundings } from "@/lib/event-types/surroundings";
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
  const [surroundings, profile] = await Promise.all([
    getSurroundings(viewer, { now: new Date() }),
    getProfile(viewer),
  ]);
  const pageUrl = bookingPageUrl(profile) ?? bookingPagesUrl();
  return <EventTypeForm eventType={null} surroundings={surroundings} pageUrl={pageUrl} save={create} />;
}
