import { changeFeedEvent } from "@/lib/subscriptions/local-changes";
import { answer, readBody, subscriptionRoute } from "../../../answer";

type Context = { params: Promise<{ id: string; event_id: string }> };

/** Decides something about one event, for this host alone; what is left out stays as it is. */
export const PATCH = subscriptionRoute(async (viewer, request, { params }: Context) => {
  const { id, event_id: eventId } = await params;
  return answer(await changeFeedEvent(viewer, id, eventId, await readBody(request), new Date()));
});
