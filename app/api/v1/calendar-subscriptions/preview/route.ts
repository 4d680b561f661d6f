import { previewSubscription } from "@/lib/subscriptions/preview";
import { answer, readBody, subscriptionRoute } from "../answer";

/** What subscribing to an address would bring. */
export const POST = subscriptionRoute(async (viewer, request) =>
  answer(await previewSubscription(viewer, await readBody(request), new Date())),
);
