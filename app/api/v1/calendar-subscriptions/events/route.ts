import { parseInput } from "@/lib/parse";
import { listFeedOccurrences } from "@/lib/subscriptions/occurrences";
import { feedOccurrencesQuery } from "@/lib/subscriptions/schema";
import { getProfile } from "@/lib/users/profile";
import { answer, readQuery, subscriptionRoute } from "../answer";

/** What all feeds have between two instants, with local changes applied. */
export const GET = subscriptionRoute(async (viewer, request) => {
  const { timeZone, ...span } = parseInput(feedOccurrencesQuery, readQuery(request));
  const zone = timeZone ?? (await getProfile(viewer)).timeZone;
  return answer({ events: await listFeedOccurrences(viewer, span, zone) });
});
