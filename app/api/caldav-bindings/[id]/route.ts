import { changeBinding } from "@/lib/bindings/change";
import { bindingJson } from "@/lib/bindings/json";
import { getBinding } from "@/lib/bindings/list";
import { removeBinding } from "@/lib/bindings/remove";
import { readJson } from "@/lib/http";
import { viewerRoute } from "@/lib/http/viewer-route";

type Context = { params: Promise<{ id: string }> };

export const GET = viewerRoute(async (viewer, _request, { params }: Context) =>
  Response.json(bindingJson(await getBinding(viewer, (await params).id))),
);

/** What is left out stays as it is. */
export const PATCH = viewerRoute(async (viewer, request, { params }: Context) => {
  const { id } = await params;
  await changeBinding(viewer, id, await readJson(request), new Date());
  return Response.json(bindingJson(await getBinding(viewer, id)));
});

/** The binding is gone at once; its copies go as soon as the server can be reached. */
export const DELETE = viewerRoute(async (viewer, _request, { params }: Context) => {
  await removeBinding(viewer, (await params).id);
  return new Response(null, { status: 204 });
});
