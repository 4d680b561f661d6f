import { z } from "zod";
import { isClosed } from "@/lib/availability/closed";
import { getAvailableSlots } from "@/lib/availability/slots";
import { makeFormToken } from "@/lib/booking/form-token";
import { findBookingPage } from "@/lib/booking/public";
import { instant } from "@/lib/booking/schema";
import { readBookingToken } from "@/lib/booking/token";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";
import { parseInput } from "@/lib/parse";
import { limitRead } from "@/lib/rate-limit/public";

const longest = 70 * 86_400_000;

const query = z
  .object({
    host: z.string().max(40),
    event_type: z.string().max(60),
    from: instant,
    to: instant,
    /** One of the event type's lengths, in minutes; unset: the one offered first. */
    duration: z
      .string()
      .regex(/^[1-9]\d{0,3}$/, "Write the length in minutes, as in 30.")
      .transform(Number)
      .optional(),
    /** The token of a visitor's booking that is to move: it does not stand in its own way. */
    booking: z
      .string()
      .transform(readBookingToken)
      .refine((id) => id !== null, "This is not the token of a booking.")
      .optional(),
  })
  .refine(({ from, to }) => from < to, { path: ["to"], error: "This must be after `from`." })
  .refine(({ from, to }) => to.getTime() - from.getTime() <= longest, {
    path: ["to"],
    error: "Ask for at most 70 days at a time.",
  });

/** The free slots of an event type that start in [from, to), as instants in UTC. */
export const GET = route(async (request) => {
  await limitRead(request);
  const { host, event_type, from, to, duration, booking } = parseInput(
    query,
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
      slots: slots.map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt })),
      // Nothing is offered while a calendar cannot be read; visitors are told that much.
      closed: slots.length === 0 && (await isClosed(eventTypeId, now)),
      /** Goes back with the booking (lib/booking/form-token). */
      form: makeFormToken(now),
    },
    { headers: { "cache-control": "no-store" } },
  );
});
