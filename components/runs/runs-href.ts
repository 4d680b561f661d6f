import type { Route } from "next";
import type { RunsQuery } from "@/lib/runs/schema";

/** The list's address with these filters. */
export function runsHref({ status, function: id, before }: Partial<RunsQuery>): Route {
  const query = new URLSearchParams();
  if (status) query.set("status", status);
  if (id) query.set("function", id);
  if (before) query.set("before", before);
  return query.size > 0 ? `/sync/runs?${query}` : "/sync/runs";
}
