import { requestBooking } from "@/lib/booking/request";
import { env } from "@/lib/env";
import { readJson, route } from "@/lib/http";

/** Holds a slot; the booking page and API clients both come here. The same idempotency key is the same booking. */
export const POST = route(async (request) => {
  const { token, status } = await requestBooking(await readJson(request), new Date());
  return Response.json(
    { booking: { token, status, url: `${env().APP_URL}/booking/${token}` } },
    { status: 201, headers: { "cache-control": "no-store" } },
  );
});
