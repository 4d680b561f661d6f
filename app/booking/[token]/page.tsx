import type { Metadata } from "next";
import { BookingOutcome } from "@/components/booking/booking-outcome";
import { PublicShell } from "@/components/booking/public-shell";
import { privateMetadata, readOwnBooking } from "./own-booking";

export const metadata: Metadata = { ...privateMetadata, title: "Your booking" };

// No Suspense here: an unknown booking must answer 404 before anything is sent.
export default async function BookingPage({ params }: { params: Promise<{ token: string }> }) {
  const { token, booking, language } = await readOwnBooking(params);
  return (
    <PublicShell>
      <BookingOutcome token={token} initial={booking} language={language} />
    </PublicShell>
  );
}
