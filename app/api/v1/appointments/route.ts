import { createAppointment } from "@/lib/appointments/create";
import { listOccurrences } from "@/lib/appointments/list";
import { occurrencesQuery } from "@/lib/appointments/schema";
import { readJson } from "@/lib/http";
import { sessionRoute } from "@/lib/http/session-route";
import { parseInput } from "@/lib/parse";
import { getProfile } from "@/lib/users/profile";
import { toJson } from "./answer";

/** What takes place between two instants, occurrence by occurrence: personal, and on all projects one sees. */
export const GET = sessionRoute(async (viewer, request) => {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const { timeZone, ...span } = parseInput(occurrencesQuery, query);
  const zone = timeZone ?? (await getProfile(viewer)).timeZone;
  return Response.json({ occurrences: await listOccurrences(viewer, span, zone) });
});

/** Adds one; who adds it owns it. */
export const POST = sessionRoute(async (viewer, request) => {
  const appointment = await createAppointment(viewer, await readJson(request, 65_536), new Date());
  return Response.json(toJson(appointment), { status: 201 });
});
