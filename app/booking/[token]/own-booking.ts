import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { toBookingView } from "@/components/booking/booking-view";
import { findBookingByToken } from "@/lib/booking/by-token";

/** The address is the key to the booking: not for search engines, not for the sites linked from there. */
export const privateMetadata: Metadata = {
  robots: { index: false, follow: false },
  referrer: "no-referrer",
};

/** The booking behind the link, and the language to write its times in. Answers 404 when there is none. */
export async function readOwnBooking(params: Promise<{ token: string }>) {
  const { token } = await params;
  const booking = await findBookingByToken(token);
  if (!booking) notFound();
  const [language = "en-GB"] = ((await headers()).get("accept-language") ?? "").split(/[,;]/);
  const { durationAfterMove } = booking;
  return { token, booking: toBookingView(booking), durationAfterMove, language };
}
