import { toBookingView } from "@/components/booking/booking-view";
import { findBookingByToken } from "@/lib/booking/by-token";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";

type Context = { params: Promise<{ token: string }> };

/** The booking behind a visitor's link, as it is now. */
export const GET = route(async (_request, { params }: Context) => {
  const booking = await findBookingByToken((await params).token);
  if (!booking) throw new AppError("not_found", "This booking does not exist.");
  return Response.json({ booking: toBookingView(booking) }, { headers: { "cache-control": "no-store" } });
});
