import { isClosed } from "@/lib/availability/closed";
import { getAvailableSlots } from "@/lib/availability/slots";
import { makeFormToken } from "@/lib/booking/form-token";
import { findBookingPage } from "@/lib/booking/public";
import { slotQuery } from "@/lib/booking/slot-query";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";
import { parseInput } from "@/lib/parse";
import { limitRead } from "@/lib/rate-limit/public";

/** The free slots of an event type that start in [from, to), as instants in UTC. */
export const GET = route(async (request) => {
  await limitRead(request);
  const { host, event_type, from, to, duration, booking } = parseInput(
    slotQuery,
    Object.fromEntries(new URL(request.url).searchParams),
  );
  const page = await findBookingPage(host, event_type);
  if (!page) throw new AppError("not_found", "This booking page does not exist.");
  const { id: eventTypeId, durationMinutes, otherDurations } = page.eventType;
  if (duration && duration !== durationMinutes && !otherDurations.includes(duration))
    throw new AppError("invalid", "This length is not offered.", { field: "duration" });
  const now = new Date();
  const except = booking ?? undefined;
  const slots = await getAvailableSlots({ eventTypeId, from, to, now, durationMinutes: duration, except });
  return Response.json(
    {
      // A month has a thousand of them, and JSON.stringify is slow with dates.
      slots: slots.map(({ startsAt, endsAt }) => ({
        start: startsAt.toISOString(),
        end: endsAt.toISOString(),
      })),
      // Nothing is offered while a calendar cannot be read; visitors are told that much.
      closed: slots.length === 0 && (await isClosed(eventTypeId, now)),
      /** Goes back with the booking (lib/booking/form-token). */
      form: makeFormToken(now),
    },
    { headers: { "cache-control": "no-store" } },
  );
});
