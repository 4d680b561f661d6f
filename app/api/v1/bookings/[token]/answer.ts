import { toBookingView } from "@/components/booking/booking-view";
import { findBookingByToken } from "@/lib/booking/by-token";
import { AppError } from "@/lib/errors";

/** The booking behind a visitor's link, as it is now. */
export async function answerBooking(token: string): Promise<Response> {
  const booking = await findBookingByToken(token);
  if (!booking) throw new AppError("not_found", "This booking does not exist.");
  return Response.json({ booking: toBookingView(booking) }, { headers: { "cache-control": "no-store" } });
}
