import { getCaldavConfig } from "@/lib/caldav-config/find";
import { caldavConfigJson } from "@/lib/caldav-config/json";
import { removeCaldavConfig } from "@/lib/caldav-config/remove";
import { saveCaldavConfig } from "@/lib/caldav-config/save";
import { readJson } from "@/lib/http";
import { viewerRoute } from "@/lib/http/viewer-route";

/** The signed-in host's CalDAV account; its password is never part of an answer. */
export const GET = viewerRoute(async (viewer) =>
  Response.json(caldavConfigJson(await getCaldavConfig(viewer))),
);

/** Configures it (201), or takes its new password (200). */
export const PUT = viewerRoute(async (viewer, request) => {
  const { isNew } = await saveCaldavConfig(viewer, await readJson(request));
  return Response.json(caldavConfigJson(await getCaldavConfig(viewer)), { status: isNew ? 201 : 200 });
});

/** Disconnects it; what lies in its calendars stays there. */
export const DELETE = viewerRoute(async (viewer) => {
  await removeCaldavConfig(viewer);
  return new Response(null, { status: 204 });
});
