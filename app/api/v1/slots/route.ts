import { z } from "zod";
import { getAvailableSlots } from "@/lib/availability/slots";
import { findBookingPage } from "@/lib/booking/public";
import { instant } from "@/lib/booking/schema";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";
import { parseInput } from "@/lib/parse";

const longest = 70 * 86_400_000;

const query = z
  .object({ host: z.string().max(40), event_type: z.string().max(60), from: instant, to: instant })
  .refine(({ from, to }) => from < to, { path: ["to"], error: "This must be after `from`." })
  .refine(({ from, to }) => to.getTime() - from.getTime() <= longest, {
    path: ["to"],
    error: "Ask for at most 70 days at a time.",
  });

/** The free slots of an event type that start in [from, to), as instants in UTC. */
export const GET = route(async (request) => {
  const { host, event_type, from, to } = parseInput(
    query,
    Object.fromEntries(new URL(request.url).searchParams),
  );
  const page = await findBookingPage(host, event_type);
  if (!page) throw new AppError("not_found", "This booking page does not exist.");
  const slots = await getAvailableSlots({ eventTypeId: page.eventType.id, from, to, now: new Date() });
  return Response.json(
    { slots: slots.map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt })) },
    { headers: { "cache-control": "no-store" } },
  );
});
