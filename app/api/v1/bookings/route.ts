import { guardForm } from "@/lib/booking/guard";
import { requestBooking } from "@/lib/booking/request";
import { env } from "@/lib/env";
import { readJson, route } from "@/lib/http";
import { limitSubmit } from "@/lib/rate-limit/public";

/** Holds a slot; the booking page and API clients both come here. The same idempotency key is the same booking. */
export const POST = route(async (request) => {
  await limitSubmit(request);
  const input = await readJson(request, 65_536);
  const now = new Date();
  await guardForm(input, now);
  const { token, status } = await requestBooking(input, now);
  return Response.json(
    { booking: { token, status, url: `${env().APP_URL}/booking/${token}` } },
    { status: 201, headers: { "cache-control": "no-store" } },
  );
});
