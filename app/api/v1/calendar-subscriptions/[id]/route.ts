import { changeSubscription } from "@/lib/subscriptions/change";
import { getSubscription } from "@/lib/subscriptions/get";
import { removeSubscription } from "@/lib/subscriptions/remove";
import { answerSubscription, readBody, subscriptionRoute } from "../answer";

type Context = { params: Promise<{ id: string }> };

export const GET = subscriptionRoute(async (viewer, _request, { params }: Context) =>
  answerSubscription(await getSubscription(viewer, (await params).id)),
);

/** What is left out stays as it is; another address is read at once. */
export const PATCH = subscriptionRoute(async (viewer, request, { params }: Context) => {
  const { id } = await params;
  return answerSubscription(await changeSubscription(viewer, id, await readBody(request), new Date()));
});

/** Its events go with it. */
export const DELETE = subscriptionRoute(async (viewer, _request, { params }: Context) => {
  await removeSubscription(viewer, (await params).id);
  return new Response(null, { status: 204 });
});
