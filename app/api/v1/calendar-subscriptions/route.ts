import { parseInput } from "@/lib/parse";
import { createSubscription } from "@/lib/subscriptions/create";
import { subscriptionJson } from "@/lib/subscriptions/json";
import { listSubscriptions } from "@/lib/subscriptions/list";
import { pageQuery } from "@/lib/subscriptions/schema";
import { answerSubscription, readBody, readQuery, subscriptionRoute } from "./answer";

/** The signed-in host's subscriptions as they were made, a page at a time. */
export const GET = subscriptionRoute(async (viewer, request) => {
  const page = parseInput(pageQuery, readQuery(request));
  const { subscriptions, nextCursor } = await listSubscriptions(viewer, page);
  return Response.json({ subscriptions: subscriptions.map(subscriptionJson), next_cursor: nextCursor });
});

/** Subscribes to a feed, which is read first. */
export const POST = subscriptionRoute(async (viewer, request) =>
  answerSubscription(await createSubscription(viewer, await readBody(request), new Date()), 201),
);
