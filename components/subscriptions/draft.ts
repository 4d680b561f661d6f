import { palette } from "@/lib/event-types/schema";
import type { NewSubscription, RefreshInterval, SubscriptionChange } from "@/lib/subscriptions/schema";
import type { SubscriptionPreview } from "@/lib/subscriptions/view";

/** A subscription as somebody fills it in. */
export type Draft = {
  url: string;
  /** Null: nobody chose one yet, so it is called and coloured as the feed says. */
  name: string | null;
  color: string | null;
  refreshInterval: RefreshInterval;
  blocksBookings: boolean;
  allDayBlocks: boolean;
  keepLocalChanges: boolean;
};

export const newDraft: Draft = {
  url: "",
  name: null,
  color: null,
  refreshInterval: "1h",
  blocksBookings: false,
  allDayBlocks: true,
  keepLocalChanges: true,
};

export type Saying = Partial<NewSubscription> & SubscriptionChange;

/** What the server is told: of a change, that alone. An address that is read anew is not said without need. */
export function sayingOf(
  draft: Draft,
  before: Draft | null,
  preview: Pick<SubscriptionPreview, "name" | "color"> | null,
): Saying {
  const { name, color, url, refreshInterval, blocksBookings, allDayBlocks, keepLocalChanges } = draft;
  const all = {
    url: url.trim(),
    name: name ?? preview?.name,
    color: color ?? preview?.color,
    refreshInterval,
    ...(before ? { keepLocalChanges } : { blocksBookings, allDayBlocks }),
  };
  const known: Partial<Record<string, unknown>> = before ?? {};
  return Object.fromEntries(
    Object.entries(all).filter(([field, value]) => value !== undefined && value !== known[field]),
  );
}

/** Our colours, and before them the one a feed brings or has. */
export function colorsWith(own: string | null | undefined): { color: string | null; name: string }[] {
  const isKnown = palette.some(({ color }) => color === own);
  return [...(own && !isKnown ? [{ color: own, name: "The feed's own" }] : []), ...palette];
}

export const isColor = (color: string | null): color is string => color !== null;
