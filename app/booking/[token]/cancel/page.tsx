import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { isActive } from "@/components/booking/booking-view";
import { CancelBooking } from "@/components/booking/cancel-booking";
import { PublicShell } from "@/components/booking/public-shell";
import { privateMetadata, readOwnBooking } from "../own-booking";

export const metadata: Metadata = { ...privateMetadata, title: "Cancel your booking" };

/** Mail scanners follow links, so this page only asks; the button does it. */
export default async function CancelPage({ params }: { params: Promise<{ token: string }> }) {
  const { token, booking, language } = await readOwnBooking(params);
  if (!isActive(booking) || new Date(booking.ends_at) <= new Date()) redirect(`/booking/${token}`);
  return (
    <PublicShell>
      <CancelBooking token={token} booking={booking} language={language} />
    </PublicShell>
  );
}
