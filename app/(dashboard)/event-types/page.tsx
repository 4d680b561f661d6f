import { Plus, Shapes } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { EventTypeList } from "@/components/event-types/event-type-list";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { listEventTypes } from "@/lib/event-types/list";
import { bookingPageUrl } from "@/lib/users/booking-page-url";
import { getProfile } from "@/lib/users/profile";
import { duplicate } from "./actions";

export const metadata: Metadata = { title: "Event types" };

export default function EventTypesPage() {
  return (
    <>
      <PageHeader
        title="Event types"
        description="The kinds of meeting people can book, each with an address of its own."
        actions={
          <ButtonLink href="/event-types/new" variant="primary">
            <Plus aria-hidden="true" />
            New event type
          </ButtonLink>
        }
      />
      <Suspense fallback={<RowsSkeleton rows={2} />}>
        <EventTypes />
      </Suspense>
    </>
  );
}

async function EventTypes() {
  const viewer = await viewerAt("/event-types");
  const [eventTypes, profile] = await Promise.all([listEventTypes(viewer), getProfile(viewer)]);
  if (eventTypes.length > 0)
    return <EventTypeList eventTypes={eventTypes} pageUrl={bookingPageUrl(profile)} duplicate={duplicate} />;
  return (
    <Card>
      <EmptyState
        icon={Shapes}
        title="Nothing can be booked yet"
        description="An event type says how long a meeting is and when it can be booked."
        action={
          <ButtonLink href="/event-types/new" variant="primary">
            New event type
          </ButtonLink>
        }
      />
    </Card>
  );
}
