import type { Status } from "@/components/ui/badge";
import { type RefreshInterval, refreshIntervals } from "@/lib/subscriptions/schema";
import type { LocalChange, Subscription } from "@/lib/subscriptions/view";
import { formatLength } from "@/lib/time";

// A refresh waits for its turn; an hour past it, something is wrong with more than one feed.
const behindMs = 3_600_000;

type Told = Pick<Subscription, "status" | "lastSyncedAt" | "nextSyncAt">;

/** How a subscription is doing, in a word. */
export function healthOf(
  { status, lastSyncedAt, nextSyncAt }: Told,
  now: Date,
): { status: Status; word: string } {
  if (status === "disabled") return { status: "failed", word: "Switched off" };
  if (status === "error") return { status: "failed", word: "Failing" };
  if (status === "pending") return { status: "working", word: lastSyncedAt ? "Refreshing" : "First read" };
  if (nextSyncAt && now.getTime() - nextSyncAt.getTime() > behindMs)
    return { status: "attention", word: "Behind" };
  return { status: "ok", word: "Up to date" };
}

/** Whether somebody is to look after it. */
export const needsCare = ({ status }: Pick<Subscription, "status">) =>
  status === "error" || status === "disabled";

/** Those that need care first, then by name. */
export function inOrder<Listed extends Pick<Subscription, "status" | "name">>(all: Listed[]): Listed[] {
  return all.toSorted(
    (one, other) =>
      Number(needsCare(other)) - Number(needsCare(one)) ||
      one.name.localeCompare(other.name, "en", { sensitivity: "base", numeric: true }),
  );
}

/** `every hour`, `every 15 minutes`. */
export const everyText = (minutes: number) => `every ${minutesText(minutes).replace(/^1 (?=\p{L}+$)/u, "")}`;

// What is no whole number of hours, or more than two days, is better said otherwise.
const minutesText = (minutes: number) =>
  minutes % 60 === 0 && minutes <= 2880
    ? `${minutes / 60} hour${minutes === 60 ? "" : "s"}`
    : formatLength(minutes);

type Paced = { refreshInterval: RefreshInterval; feedRefreshMinutes: number | null };

/** How often it is read: as chosen, unless the feed wants to be asked less often. */
export function paceText({ refreshInterval, feedRefreshMinutes }: Paced): string {
  const wish = wishText({ refreshInterval, feedRefreshMinutes });
  return wish
    ? `${everyText(feedRefreshMinutes ?? 0)}, as the feed asks`
    : everyText(minutesOf(refreshInterval));
}

/** What to say of a feed that asks for more time than was chosen; null where it does not. */
export function wishText({ refreshInterval, feedRefreshMinutes }: Paced): string | null {
  const minutes = minutesOf(refreshInterval);
  if (feedRefreshMinutes === null || feedRefreshMinutes <= minutes) return null;
  const wish = minutesText(feedRefreshMinutes);
  return `The feed asks for ${wish} between two readings, so it is read ${everyText(feedRefreshMinutes)} instead of ${everyText(minutes)}.`;
}

const minutesOf = (interval: RefreshInterval): number => refreshIntervals[interval];

/** What was decided about an event here, in a few words. */
export function changeWords(
  { hidden, busy }: Pick<LocalChange, "hidden" | "busy">,
  hasColor: boolean,
): string {
  const words = [
    hidden && "hidden",
    busy !== null && (busy ? "takes time" : "takes no time"),
    hasColor && "a colour of its own",
  ];
  return words.filter(Boolean).join(", ");
}

/** Of what somebody typed, whom it would be read from; null where it is no address yet. */
export function serverOf(typed: string): string | null {
  const address = typed.trim().replace(/^webcals?:/i, "https:");
  if (!/\.|:\/\//.test(address)) return null;
  const url = /^[a-z]+:\/\//i.test(address) ? address : `https://${address}`;
  return URL.canParse(url) ? new URL(url).host : null;
}
