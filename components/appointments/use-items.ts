import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { Refused } from "@/components/booking/api";
import type { ProjectNode } from "@/lib/projects/list";
import type { Weekday } from "@/lib/time";
import type { ShownItem } from "./feed-item";
import { feedsKey, feedsQuery } from "./feeds-query";
import { itemsKey, itemsQuery } from "./items-query";
import { type Feed, sourceOf, sourcesOf } from "./source";
import { daysOf, turn, type View } from "./views";

type Looked = {
  from: string;
  to: string;
  view: View;
  day: string;
  hidden: string[];
  projects: ProjectNode[];
  feeds: Feed[];
  weekStart: Weekday;
  readAt: number;
};

/** What there is to show, and how sure that is. */
export type Found = {
  items: ShownItem[];
  isEmpty: boolean;
  isPending: boolean;
  isError: boolean;
  /** What was said of it, where that tells what to do: too much for one look. */
  refusal: string | null;
  readAgain: () => void;
};

/** What is looked at, its neighbours on the way; read again when the page was. */
export function useItems({ from, to, view, day, hidden, projects, feeds, weekStart, readAt }: Looked) {
  const client = useQueryClient();
  const hasFeeds = feeds.length > 0;
  const own = useQuery({ ...itemsQuery({ from, to }), placeholderData: (previous) => previous });
  const subscribed = useQuery({
    ...feedsQuery({ from, to }),
    placeholderData: (previous) => previous,
    enabled: hasFeeds,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page was read again, so this is, too
  useEffect(() => {
    for (const queryKey of [itemsKey, feedsKey]) client.invalidateQueries({ queryKey });
  }, [client, readAt]);
  const isThere = own.data !== undefined;
  useEffect(() => {
    if (!isThere) return;
    for (const by of [1, -1] as const) {
      const span = daysOf(view, turn(view, day, by), weekStart);
      client.prefetchQuery(itemsQuery(span));
      if (hasFeeds) client.prefetchQuery(feedsQuery(span));
    }
  }, [client, isThere, hasFeeds, view, day, weekStart]);
  const shown = useMemo(() => {
    const named = new Map(feeds.map(({ id, name, color }) => [id, { key: id, name, color }]));
    const all: ShownItem[] = [...(own.data ?? [])];
    for (const event of subscribed.data ?? []) {
      // Unsubscribed meanwhile: the page knows before the events are read again.
      const source = named.get(event.subscriptionId);
      if (source) all.push({ ...event, source });
    }
    return {
      items: all.filter((item) => !hidden.includes(sourceOf(item).key)),
      sources: sourcesOf(all, hidden, { projects, feeds }),
      isEmpty: isThere && all.length === 0,
    };
  }, [own.data, subscribed.data, hidden, projects, feeds, isThere]);
  return {
    ...shown,
    isPending: own.isPending || (hasFeeds && subscribed.isPending),
    isError: own.isError || subscribed.isError,
    refusal: [own.error, subscribed.error].find((error) => error instanceof Refused)?.message ?? null,
    readAgain: () => {
      void own.refetch();
      if (hasFeeds) void subscribed.refetch();
    },
  };
}
