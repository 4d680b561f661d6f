import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { MoveHostBooking } from "@/components/bookings/move-host-booking";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { viewerAt } from "@/lib/auth/session";
import { findMovableBooking } from "@/lib/booking/movable";
import { findBookingPage } from "@/lib/booking/public";
import { move } from "../../actions";

export const metadata: Metadata = { title: "Move a booking" };

type Props = { params: Promise<{ id: string }> };

export default function MoveBookingPage(props: Props) {
  return (
    <Suspense fallback={<FormSkeleton />}>
      <Move {...props} />
    </Suspense>
  );
}

async function Move({ params }: Props) {
  const { id } = await params;
  const viewer = await viewerAt(`/bookings/${id}/move`);
  const booking = await findMovableBooking(viewer, id, new Date());
  const page = booking?.handle ? await findBookingPage(booking.handle, booking.slug) : null;
  if (!booking || !page) notFound();
  return (
    <MoveHostBooking
      page={page}
      booking={booking}
      other={booking.visitor}
      timeZone={page.eventType.timeZone}
      move={move.bind(null, id)}
    />
  );
}
