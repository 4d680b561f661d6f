import { randomUUID } from "node:crypto";
import type { Viewer } from "@/lib/auth/viewer";
import { providerOptions } from "@/lib/connections/options";
import { AppError } from "@/lib/errors";
import { normalizeFeedUrl, openProvider } from "@/lib/providers";
import type { FeedFacts, Occurrence, OccurrenceTime } from "@/lib/providers/provider";
import { consume, type Limit } from "@/lib/rate-limit/limit";
import { getProfile } from "@/lib/users/profile";

/** A feed as it is right now. */
export type ProbedFeed = {
  /** Where it is from now on, if it says that it has moved for good. */
  url: string;
  facts: FeedFacts;
  /** The first few occurrences that are not over, by start. */
  nextEvents: Pick<Occurrence, "title" | "time">[];
};

// Requests on somebody's behalf, to wherever they say.
const readings: Limit = { name: "feed-reading", points: 100, seconds: 600 };

// A feed may be large and slow, and is held in memory while it is read.
const mostAtOnce = 4;
const beingRead = new Map<string, number>();

const lookAheadMs = 400 * 86_400_000;
const eventsShown = 5;

/** The address as it is kept, however it was typed. @throws AppError invalid naming `url` */
export const addressOf = (typed: string): string => namingUrl(() => normalizeFeedUrl(typed));

/**
 * Reads the feed at an address for somebody who may want it; nothing is stored.
 * @throws AppError naming `url`; rate_limited
 */
export async function probeFeed(viewer: Viewer, url: string, now: Date): Promise<ProbedFeed> {
  await consume(readings, viewer.userId);
  return fewAtOnce(viewer.userId, () => read(viewer, url, now));
}

async function read(viewer: Viewer, url: string, now: Date): Promise<ProbedFeed> {
  const { timeZone } = await getProfile(viewer);
  const window = { start: now, end: new Date(now.getTime() + lookAheadMs), timeZone };
  const next = soonest(now);
  let found: Omit<ProbedFeed, "nextEvents"> | undefined;
  try {
    const options = { ...providerOptions(), connectionId: randomUUID() };
    const feed = openProvider({ kind: "ics", credentials: { url } }, options);
    for await (const page of feed.pullChanges("feed", null, window)) {
      for (const { occurrences } of page.upserts) next.add(occurrences);
      if (page.feed) found = { url: page.movedTo ?? url, facts: page.feed };
    }
  } catch (error) {
    throw blamingUrl(error);
  }
  if (!found) throw new Error("A feed that was read for the first time told nothing of itself.");
  return { ...found, nextEvents: next.list() };
}

async function fewAtOnce<T>(userId: string, work: () => Promise<T>): Promise<T> {
  const others = beingRead.get(userId) ?? 0;
  if (others >= mostAtOnce) {
    const sentence = "You are having several calendars read already. Try again once they are.";
    throw new AppError("rate_limited", sentence, { field: "url", retryAfterSeconds: 10 });
  }
  beingRead.set(userId, others + 1);
  try {
    return await work();
  } finally {
    const left = (beingRead.get(userId) ?? 1) - 1;
    if (left > 0) beingRead.set(userId, left);
    else beingRead.delete(userId);
  }
}

function namingUrl<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw blamingUrl(error);
  }
}

/** What is gone for the provider is no address of ours that does not exist. */
function blamingUrl(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { code, message, retryAfterSeconds } = error;
  return new AppError(code === "not_found" ? "invalid" : code, message, {
    field: "url",
    cause: error,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** Keeps the first few of very many. */
function soonest(now: Date) {
  let kept: (Pick<Occurrence, "title" | "time"> & { start: number })[] = [];
  const add = ({ title, time, status }: Occurrence) => {
    const start = startOf(time);
    if (status === "cancelled" || endOf(time) <= now.getTime()) return;
    const last = kept.length < eventsShown ? undefined : kept.at(-1);
    if (last && last.start <= start) return;
    kept = [...kept, { title, time, start }].sort((a, b) => a.start - b.start).slice(0, eventsShown);
  };
  return {
    add: (occurrences: Occurrence[]) => occurrences.forEach(add),
    list: () => kept.map(({ title, time }) => ({ title, time })),
  };
}

// Nearly: a day begins and ends at another instant in each zone.
const startOf = (time: OccurrenceTime) =>
  time.kind === "timed" ? time.startsAt.getTime() : Date.parse(time.startDay);
const endOf = (time: OccurrenceTime) =>
  time.kind === "timed" ? time.endsAt.getTime() : Date.parse(time.endDay);
