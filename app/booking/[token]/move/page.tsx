import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { isActive } from "@/components/booking/booking-view";
import { MoveOwnBooking } from "@/components/booking/move-own-booking";
import { PublicShell } from "@/components/booking/public-shell";
import { findBookingPage } from "@/lib/booking/public";
import { privateMetadata, readOwnBooking } from "../own-booking";

export const metadata: Metadata = { ...privateMetadata, title: "Move your booking" };

export default async function MovePage({ params }: { params: Promise<{ token: string }> }) {
  const { token, booking, durationAfterMove } = await readOwnBooking(params);
  const { host, event_type, ends_at } = booking;
  if (!isActive(booking) || new Date(ends_at) <= new Date()) redirect(`/booking/${token}`);
  const page = host.handle === null ? null : await findBookingPage(host.handle, event_type.slug);
  if (!page) notFound();
  return (
    <PublicShell wide>
      <MoveOwnBooking token={token} booking={booking} page={page} durationMinutes={durationAfterMove} />
    </PublicShell>
  );
}
