import { createAppointment } from "@/lib/appointments/create";
import { listOccurrences } from "@/lib/appointments/list";
import { occurrencesQuery } from "@/lib/appointments/schema";
import { readJson } from "@/lib/http";
import { viewerRoute } from "@/lib/http/viewer-route";
import { parseInput } from "@/lib/parse";
import { getProfile } from "@/lib/users/profile";
import { answer, answerAppointment, orRefusal, readNames } from "./answer";

/** What takes place between two instants, occurrence by occurrence: personal, and on all projects one sees. */
export const GET = viewerRoute((viewer, request) =>
  orRefusal(async () => {
    const query = readNames(Object.fromEntries(new URL(request.url).searchParams));
    const { timeZone, ...span } = parseInput(occurrencesQuery, query);
    const zone = timeZone ?? (await getProfile(viewer)).timeZone;
    return answer({ occurrences: await listOccurrences(viewer, span, zone) });
  }),
);

/** Adds one; who adds it owns it. */
export const POST = viewerRoute((viewer, request) =>
  orRefusal(async () => {
    const input = readNames(await readJson(request, 65_536));
    return answerAppointment(await createAppointment(viewer, input, new Date()), 201);
  }),
);
