import { getCaldavConfig } from "@/lib/caldav-config/find";
import { caldavConfigJson } from "@/lib/caldav-config/json";
import { removeCaldavConfig } from "@/lib/caldav-config/remove";
import { saveCaldavConfig } from "@/lib/caldav-config/save";
import { readJson } from "@/lib/http";
import { sessionRoute } from "@/lib/http/session-route";

/** The signed-in host's CalDAV account; its password is never part of an answer. */
export const GET = sessionRoute(async (viewer) =>
  Response.json(caldavConfigJson(await getCaldavConfig(viewer))),
);

/** Configures it (201), or takes its new password (200). */
export const PUT = sessionRoute(async (viewer, request) => {
  const { isNew } = await saveCaldavConfig(viewer, await readJson(request));
  return Response.json(caldavConfigJson(await getCaldavConfig(viewer)), { status: isNew ? 201 : 200 });
});

/** Disconnects it; what lies in its calendars stays there. */
export const DELETE = sessionRoute(async (viewer) => {
  await removeCaldavConfig(viewer);
  return new Response(null, { status: 204 });
});
