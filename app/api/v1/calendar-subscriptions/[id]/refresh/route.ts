import { refreshSubscription } from "@/lib/subscriptions/refresh";
import { answerSubscription, subscriptionRoute } from "../../answer";

type Context = { params: Promise<{ id: string }> };

/** Asks for a refresh; whether one was asked for already or not, it is on its way. */
export const POST = subscriptionRoute(async (viewer, _request, { params }: Context) =>
  answerSubscription(await refreshSubscription(viewer, (await params).id, new Date()), 202),
);
