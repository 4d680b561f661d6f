import { listLocalChanges } from "@/lib/subscriptions/local-changes";
import { answer, subscriptionRoute } from "../../answer";

type Context = { params: Promise<{ id: string }> };

/** What the host decided about events of this feed, the latest first. */
export const GET = subscriptionRoute(async (viewer, _request, { params }: Context) =>
  answer({ localChanges: await listLocalChanges(viewer, (await params).id) }),
);
