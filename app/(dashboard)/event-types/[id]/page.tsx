import { ExternalLink } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { CopyButton } from "@/components/dashboard/copy-button";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { DeleteEventType } from "@/components/event-types/delete-event-type";
import { EventTypeForm } from "@/components/event-types/event-type-form";
import { buttonClass } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { findEventType } from "@/lib/event-types/find";
import { getSurroundings } from "@/lib/event-types/surroundings";
import { bookingPagesUrl, bookingPageUrl } from "@/lib/users/booking-page-url";
import { getProfile } from "@/lib/users/profile";
import { remove, save } from "../actions";

export const metadata: Metadata = { title: "Event type" };

type Props = { params: Promise<{ id: string }> };

export default function EventTypePage(props: Props) {
  return (
    <Suspense fallback={<FormSkeleton />}>
      <EditEventType {...props} />
    </Suspense>
  );
}

async function EditEventType({ params }: Props) {
  const { id } = await params;
  const viewer = await viewerAt(`/event-types/${id}`);
  const eventType = await findEventType(viewer, id);
  if (!eventType) notFound();
  const [surroundings, profile] = await Promise.all([
    getSurroundings(viewer, { now: new Date(), except: id }),
    getProfile(viewer),
  ]);
  const pageUrl = bookingPageUrl(profile) ?? bookingPagesUrl();
  const url = `${pageUrl}/${eventType.slug}`;
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={eventType.title}
        actions={
          <>
            <DeleteEventType title={eventType.title} remove={remove.bind(null, id)} />
            <CopyButton text={url} />
            <a href={url} target="_blank" rel="noreferrer" className={buttonClass({ size: "sm" })}>
              <ExternalLink aria-hidden="true" />
              Preview
            </a>
          </>
        }
      />
      <EventTypeForm
        eventType={eventType}
        surroundings={surroundings}
        pageUrl={pageUrl}
        save={save.bind(null, id)}
      />
    </div>
  );
}
