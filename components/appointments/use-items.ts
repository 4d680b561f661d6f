import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { ProjectNode } from "@/lib/projects/list";
import type { Weekday } from "@/lib/time";
import type { CalendarItem } from "./item";
import { itemsKey, itemsQuery } from "./items-query";
import { sourceOf, sourcesOf } from "./source";
import { daysOf, turn, type View } from "./views";

type Looked = {
  from: string;
  to: string;
  view: View;
  day: string;
  hidden: string[];
  projects: ProjectNode[];
  weekStart: Weekday;
  readAt: number;
};

/** What there is to show, and how sure that is. */
export type Found = {
  items: CalendarItem[];
  isEmpty: boolean;
  isPending: boolean;
  isError: boolean;
  readAgain: () => void;
};

/** What is looked at, its neighbours on the way; read again when the page was. */
export function useItems({ from, to, view, day, hidden, projects, weekStart, readAt }: Looked) {
  const client = useQueryClient();
  const { data, isPending, isError, refetch } = useQuery({
    ...itemsQuery({ from, to }),
    placeholderData: (previous) => previous,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page was read again, so this is, too
  useEffect(() => {
    client.invalidateQueries({ queryKey: itemsKey });
  }, [client, readAt]);
  const isThere = data !== undefined;
  useEffect(() => {
    if (!isThere) return;
    for (const by of [1, -1] as const)
      client.prefetchQuery(itemsQuery(daysOf(view, turn(view, day, by), weekStart)));
  }, [client, isThere, view, day, weekStart]);
  const shown = useMemo(() => {
    const all = data ?? [];
    return {
      items: all.filter((item) => !hidden.includes(sourceOf(item).key)),
      sources: sourcesOf(all, hidden, projects),
      isEmpty: data?.length === 0,
    };
  }, [data, hidden, projects]);
  return { ...shown, isPending, isError, readAgain: () => void refetch() };
}
