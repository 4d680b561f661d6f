import type { SkippedEvent } from "@/db/schema";
import type { Occurrence, OccurrenceTime } from "@/lib/providers/provider";
import type { RefreshInterval } from "./schema";
import type { SubscriptionStatus } from "./status";

/** A subscription as its host sees it. */
export type Subscription = {
  id: string;
  calendarId: string;
  name: string;
  /** "#rrggbb" */
  color: string;
  /** A secret of its host's; null when no key opens it any more. */
  url: string | null;
  /** Whom the feed is read from: what may be shown anywhere. */
  serverName: string;
  refreshInterval: RefreshInterval;
  /** How often the feed wants to be read; the longer of the two holds. */
  feedRefreshMinutes: number | null;
  lastSyncedAt: Date | null;
  /** Null while it is disabled. */
  nextSyncAt: Date | null;
  lastError: string | null;
  /** Failed refreshes in a row, since when, and how many more until it is disabled. */
  errorCount: number;
  failingSince: Date | null;
  triesLeft: number;
  eventCount: number;
  skippedCount: number;
  /** The first of them. */
  skipped: SkippedEvent[];
  status: SubscriptionStatus;
  enabled: boolean;
  blocksBookings: boolean;
  allDayBlocks: boolean;
  keepLocalChanges: boolean;
  localChangeCount: number;
  createdAt: Date;
};

/** The same for pages that show no address, and so have it nowhere in what they are made of. */
export type ListedSubscription = Omit<Subscription, "url">;

/** What subscribing to an address would bring. */
export type SubscriptionPreview = {
  /** As it would be called: by the feed, or by its server's name. */
  name: string;
  color: string;
  eventCount: number;
  skippedCount: number;
  skipped: SkippedEvent[];
  feedRefreshMinutes: number | null;
  /** The first few that are not over, by start. */
  nextEvents: Pick<Occurrence, "title" | "time">[];
};

/** What a host decided about one event; null: as the feed says. */
export type LocalDecision = { hidden: boolean; busy: boolean | null; color: string | null };

/** A local change, with the event it is about. */
export type LocalChange = LocalDecision & {
  eventId: string;
  /** Null: the feed has no such event now. */
  title: string | null;
  /** Of its first occurrence that is known. */
  time: OccurrenceTime | null;
  updatedAt: Date;
};

/** One occurrence of a feed's event, as local changes leave it. */
export type FeedOccurrence = {
  subscriptionId: string;
  calendarId: string;
  /** Names the event within the subscription, all its occurrences together. */
  eventId: string;
  occurrenceKey: string;
  title: string;
  time: OccurrenceTime;
  status: Occurrence["status"];
  /** Takes time, as far as the event itself is concerned: the subscription may not block bookings at all. */
  busy: boolean;
  hidden: boolean;
  color: string;
  /** Null: all is as the feed says. */
  localChange: LocalDecision | null;
};
