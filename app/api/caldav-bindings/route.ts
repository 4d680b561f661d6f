import { createBinding } from "@/lib/bindings/create";
import { bindingJson } from "@/lib/bindings/json";
import { getBinding, listBindings } from "@/lib/bindings/list";
import { readJson } from "@/lib/http";
import { viewerRoute } from "@/lib/http/viewer-route";

/** The signed-in host's bindings: `all_visible`, `personal_only`, then the others as they were made. */
export const GET = viewerRoute(async (viewer) =>
  Response.json({ bindings: (await listBindings(viewer)).map(bindingJson) }),
);

/** Ties a calendar to a scope; what is in the scope is copied into the calendar. */
export const POST = viewerRoute(async (viewer, request) => {
  const id = await createBinding(viewer, await readJson(request), new Date());
  return Response.json(bindingJson(await getBinding(viewer, id)), { status: 201 });
});
