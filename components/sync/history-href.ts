import type { Route } from "next";
import type { HistoryQuery } from "@/lib/sync/schema";

/** The history's address with these filters. */
export function historyHref({ only, calendar, before }: Partial<HistoryQuery>): Route {
  const query = new URLSearchParams();
  if (only) query.set("only", only);
  if (calendar) query.set("calendar", calendar);
  if (before) query.set("before", `${before}`);
  return query.size > 0 ? `/sync?${query}` : "/sync";
}
