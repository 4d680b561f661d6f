import { queryOptions } from "@tanstack/react-query";
import { callApi } from "@/components/booking/api";
import { addDays, type Day } from "@/lib/time";
import { itemOf, type Told } from "./item";

export const itemsKey = ["appointments"] as const;

/** What lies between two days. A day more on both ends: the zone of the calendar may be fourteen hours from UTC. */
export function itemsQuery({ from, to }: { from: Day; to: Day }) {
  return queryOptions({
    queryKey: [...itemsKey, from, to],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({
        from: `${addDays(from, -1)}T00:00:00Z`,
        to: `${addDays(to, 1)}T00:00:00Z`,
      });
      const { occurrences } = await callApi<{ occurrences: Told[] }>(`/api/v1/appointments?${query}`, {
        signal,
      });
      return occurrences.map(itemOf);
    },
    staleTime: 20_000,
    refetchOnWindowFocus: "always",
  });
}
