import { changeAppointment } from "@/lib/appointments/change";
import { getAppointment } from "@/lib/appointments/get";
import { removeAppointment } from "@/lib/appointments/remove";
import { occurrenceQuery, removalQuery } from "@/lib/appointments/schema";
import { readJson } from "@/lib/http";
import { viewerRoute } from "@/lib/http/viewer-route";
import { parseInput } from "@/lib/parse";
import { answerAppointment, orRefusal, readNames } from "../answer";

type Context = { params: Promise<{ id: string }> };

const queryOf = (request: Request) => Object.fromEntries(new URL(request.url).searchParams);

/** An appointment; with `?occurrence=`, as one occurrence of it says. */
export const GET = viewerRoute(async (viewer, request, { params }: Context) => {
  const { occurrence } = parseInput(occurrenceQuery, queryOf(request));
  return answerAppointment(await getAppointment(viewer, (await params).id, occurrence));
});

/** What is left out stays as it is. Of a series that is split in two, the answer is the later one. */
export const PATCH = viewerRoute((viewer, request, { params }: Context) =>
  orRefusal(async () => {
    const input = readNames(await readJson(request, 65_536));
    return answerAppointment(await changeAppointment(viewer, (await params).id, input, new Date()));
  }),
);

/** Its copies follow from every calendar. */
export const DELETE = viewerRoute((viewer, request, { params }: Context) =>
  orRefusal(async () => {
    const { revision, occurrence: key, range } = parseInput(removalQuery, queryOf(request));
    const occurrence = key === undefined ? undefined : { key, range };
    await removeAppointment(viewer, (await params).id, { revision, occurrence }, new Date());
    return new Response(null, { status: 204 });
  }),
);
