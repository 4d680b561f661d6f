import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import type { Asked, FeedEvent, FeedRequest, FeedSummary } from "./feed-messages";
import { ask, giveBack, type Thread, takeThread, tell } from "./feed-threads";

export type { FeedEvent, FeedRequest, FeedSummary };

const longestReadingMs = 30_000;
const knownAtOnce = 4_000;

/**
 * Reads a feed, in a thread of its own: what it holds that is not known yet, in small pages, and at last what is to be
 * said about all of it.
 * @throws AppError invalid when the text as a whole is no calendar or takes too long; unavailable
 */
export async function* readFeed({
  deadlineMs = longestReadingMs,
  known,
  ...request
}: FeedRequest): AsyncGenerator<FeedEvent[], FeedSummary> {
  const thread = await takeThread();
  const versions: FeedSummary["versions"] = {};
  const unreadable: FeedSummary["unreadable"] = [];
  let leftMs = deadlineMs;
  const next = async (asked: Asked) => {
    const began = performance.now();
    const answered = await ask(thread, asked, leftMs);
    // What is done with a page meanwhile takes nothing of it.
    leftMs -= performance.now() - began;
    return answered;
  };
  try {
    await tellKnown(thread, known);
    let answered = await next({ kind: "read", request });
    while (answered.kind === "page") {
      const { page } = answered;
      Object.assign(versions, page.versions);
      for (const event of page.unreadable) unreadable.push(event);
      if (page.events.length > 0) yield page.events;
      answered = await next({ kind: "next" });
    }
    if (answered.kind === "refused") throw new AppError(answered.code, answered.sentence);
    return { facts: answered.facts, versions, unreadable };
  } finally {
    tell(thread, { kind: "leave" });
    giveBack(thread);
  }
}

/** In turns: copying all of it for another thread takes too long for one. */
async function tellKnown(thread: Thread, known: Record<string, string>): Promise<void> {
  const ids = Object.keys(known);
  for (let at = 0; at < ids.length; at += knownAtOnce) {
    const slice = ids.slice(at, at + knownAtOnce).map((id): [string, string] => [id, known[id] ?? ""]);
    tell(thread, { kind: "know", known: slice });
    await nextTurn();
  }
}
