import { queryOptions } from "@tanstack/react-query";
import { callApi } from "@/components/booking/api";
import { addDays, type Day } from "@/lib/time";
import { type FeedItem, feedItemOf, type ToldEvent } from "./feed-item";

export const feedsKey = ["feeds"] as const;

/** What all subscribed calendars have between two days; a day more on both ends, as with appointments. */
export function feedsQuery({ from, to }: { from: Day; to: Day }) {
  return queryOptions({
    queryKey: [...feedsKey, from, to],
    queryFn: async ({ signal }): Promise<Omit<FeedItem, "source">[]> => {
      const query = new URLSearchParams({
        from: `${addDays(from, -1)}T00:00:00Z`,
        to: `${addDays(to, 1)}T00:00:00Z`,
      });
      const path = `/api/v1/calendar-subscriptions/events?${query}`;
      const { events } = await callApi<{ events: ToldEvent[] }>(path, { signal });
      return events.map(feedItemOf);
    },
    staleTime: 20_000,
    refetchOnWindowFocus: "always",
  });
}
