import type { FeedFacts } from "@/lib/providers/provider";

/** How many events a feed had in its last good copy, and how many the answer had that was doubted since, if one was. */
export type Known = { eventCount: number; shrunkTo: number | null };

export type Doubt = { shrunkTo: number; sentence: string };

// Of fewer, most may well be over.
const few = 5;

/**
 * A feed that comes back without most of its events is believed only when it does so again: a server in trouble serves
 * less, and rarely says so. A second answer that has even less is doubted, too.
 * @param known null: nothing to compare with
 */
export function planDoubt(known: Known | null, feed: Pick<FeedFacts, "eventCount"> | null): Doubt | null {
  if (!known || !feed) return null;
  const { eventCount: before, shrunkTo } = known;
  const { eventCount: now } = feed;
  const hasShrunk = now < before && (now === 0 || (before >= few && 2 * now < before));
  const isConfirmed = shrunkTo !== null && now >= shrunkTo;
  return hasShrunk && !isConfirmed ? { shrunkTo: now, sentence: sentenceOf(before, now) } : null;
}

function sentenceOf(before: number, now: number): string {
  const stay = "stay until the next refresh says the same.";
  if (before === 1) return `This feed came back without its one event. It will ${stay}`;
  return now === 0
    ? `This feed came back without any of its ${before} events. They ${stay}`
    : `This feed came back with ${now} of its ${before} events. They ${stay}`;
}
