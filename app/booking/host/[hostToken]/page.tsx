import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readerClock } from "@/app/(dashboard)/reader";
import { PublicShell } from "@/components/booking/public-shell";
import { HostAnswer } from "@/components/bookings/host-answer";
import { findBookingByHostToken } from "@/lib/booking/by-token";
import { accept, decline } from "./actions";

// The address is the key to the answer: not for search engines, not for the sites linked from here.
export const metadata: Metadata = {
  title: "A booking asks for your answer",
  robots: { index: false, follow: false },
  referrer: "no-referrer",
};

/** Where the link in a host's mail leads. Mail scanners follow links, so only its buttons answer. */
export default async function HostAnswerPage({ params }: { params: Promise<{ hostToken: string }> }) {
  const { hostToken } = await params;
  const booking = await findBookingByHostToken(hostToken);
  if (!booking) notFound();
  return (
    <PublicShell>
      <HostAnswer
        booking={booking}
        clock={await readerClock(booking.hostTimeZone)}
        now={new Date()}
        accept={accept.bind(null, hostToken)}
        decline={decline.bind(null, hostToken)}
      />
    </PublicShell>
  );
}
