import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendars } from "@/db/schema";
import { palette } from "@/lib/event-types/schema";
import type { ProbedFeed } from "./probe";
import { longestName, oneLine } from "./schema";

/** What a feed is called where nobody said: as it calls itself, or its server. */
export function nameFor({ facts, url }: ProbedFeed): string {
  const name = oneLine(facts.name ?? "");
  return [...(name || new URL(url).hostname)].slice(0, longestName).join("");
}

/** Its own colour, or the one of ours that fewest of the viewer's subscriptions have. */
export async function colorFor(tx: Transaction, { facts }: ProbedFeed): Promise<string> {
  if (facts.color) return facts.color;
  const rows = await tx
    .select({ color: calendars.color, count: sql<number>`count(*)::int` })
    .from(calendars)
    .where(eq(calendars.isSubscribed, true))
    .groupBy(calendars.color);
  const uses = new Map(rows.map(({ color, count }) => [color, count]));
  const usesOf = (color: string) => uses.get(color) ?? 0;
  return palette.map(({ color }) => color).reduce((best, one) => (usesOf(one) < usesOf(best) ? one : best));
}
