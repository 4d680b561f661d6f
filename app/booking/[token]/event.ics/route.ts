import { findBookingByToken } from "@/lib/booking/by-token";
import { bookingIcs } from "@/lib/booking/ics";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";

type Context = { params: Promise<{ token: string }> };

export const GET = route(async (_request, { params }: Context) => {
  const booking = await findBookingByToken((await params).token);
  if (booking?.status !== "confirmed") throw new AppError("not_found", "There is no confirmed booking here.");
  return new Response(bookingIcs(booking, new Date()), {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": `attachment; filename="${booking.eventType.slug}.ics"`,
      "cache-control": "no-store",
    },
  });
});
