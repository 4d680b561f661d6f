import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { BookingOutcome } from "@/components/booking/booking-outcome";
import { toBookingView } from "@/components/booking/booking-view";
import { PublicShell } from "@/components/booking/public-shell";
import { findBookingByToken } from "@/lib/booking/by-token";

// The address is the key to the booking: not for search engines, not for the sites linked from here.
export const metadata: Metadata = {
  title: "Your booking",
  robots: { index: false, follow: false },
  referrer: "no-referrer",
};

// No Suspense here: an unknown booking must answer 404 before anything is sent.
export default async function BookingPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const booking = await findBookingByToken(token);
  if (!booking) notFound();
  const [language = "en-GB"] = ((await headers()).get("accept-language") ?? "").split(/[,;]/);
  return (
    <PublicShell>
      <BookingOutcome token={token} initial={toBookingView(booking)} language={language} />
    </PublicShell>
  );
}
