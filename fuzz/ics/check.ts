import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { FeedEvent } from "@/lib/ical/feed";
import type { Case } from "./cases";
import { checkOccurrences } from "./check-occurrences";
import { countEvents } from "./count";
import { demand, Fault } from "./fault";
import type { Sent } from "./mutate-octets";
import { type Answer, type Read, type Reading, readHere, readThere } from "./read";
import { sentAs } from "./sent";

/** What came of a case that held. */
export type Tally = { cases: number; refused: number; events: number; occurrences: number; skipped: number };

/** Says what is wrong with the answer, or null. @param read how it is read: a thread does it, unless a test has it otherwise */
export async function findFault(one: Pick<Case, "sent" | "whole" | "window">, read: Read = readThere) {
  const tally: Tally = { cases: 1, refused: 0, events: 0, occurrences: 0, skipped: 0 };
  const { window } = one;
  try {
    const answer = await read(one.sent, { window });
    same("read twice, it is", await read(one.sent, { window }), answer);
    if (!answer.ok) {
      checkRefusal(answer);
      return { fault: null, tally: { ...tally, refused: 1 } };
    }
    const { reading } = answer;
    checkCounts(reading, one.sent);
    for (const event of reading.events) checkOccurrences(event, window);
    await checkObjects(reading, one);
    await checkRefresh(reading, one, read);
    const occurrences = reading.events.reduce((sum, event) => sum + event.occurrences.length, 0);
    const { eventCount: events, skippedCount: skipped } = reading.facts;
    return { fault: null, tally: { ...tally, events, occurrences, skipped } };
  } catch (error) {
    return { fault: error instanceof Fault ? error.message : wordsOf(error), tally };
  }
}

function same(sentence: string, got: unknown, expected: unknown): void {
  demand(isDeepStrictEqual(got, expected), sentence, got, "instead of", expected);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.stack} ${error.cause ?? ""}` : String(error);
}

/** A sentence for a person; never that it took too long or that a thread broke off. */
function checkRefusal({ code, sentence }: Answer & { ok: false }): void {
  demand(code === "invalid", "refused as", code, sentence);
  demand(!/too (much memory|long to read)/.test(sentence), "hung:", sentence);
  demand(sentence.length < 400 && /^[A-Z].*\.$/s.test(sentence), "no sentence:", sentence);
}

function checkCounts(reading: Reading, sent: Sent): void {
  const { facts, versions, unreadable, events } = reading;
  const { eventCount, skippedCount, skipped } = facts;
  same("events by id:", Object.fromEntries(events.map(({ id, etag }) => [id, etag])), { ...versions });
  demand(eventCount === events.length, "eventCount is", eventCount, "of", events.length);
  demand(skipped.length === Math.min(50, skippedCount), "named", skipped.length, "of", skippedCount);
  for (const { id } of unreadable) demand(!(id in versions), "unreadable and read:", id);
  demand(new Set(unreadable.map(({ id }) => id)).size === unreadable.length, "unreadable twice");
  demand(unreadable.length <= skippedCount, "unreadable", unreadable.length, "of", skippedCount);
  const there = countEvents(sent.body);
  const used = events.reduce((sum, { object }) => sum + (object.match(/^BEGIN:VEVENT\r$/gm)?.length ?? 0), 0);
  if (there !== null)
    demand(used + skippedCount === there, `used ${used}, skipped ${skippedCount} of ${there}`);
}

/** Each event by itself says what it said in the feed. */
async function checkObjects({ events }: Reading, { window }: Pick<Case, "window">): Promise<void> {
  // A thousand copies are no other case.
  for (const event of events.slice(0, 40)) {
    checkText(event);
    const again = await readHere(sentAs(event.object), { window });
    demand(again.ok, "its object is refused:", again, event.object);
    if (!again.ok) return;
    demand(
      again.reading.facts.skippedCount === 0,
      "its object is read in part:",
      again.reading.facts,
      event.object,
    );
    same("its object means", again.reading.events, [event]);
  }
}

function checkText({ id, uid, object }: FeedEvent): void {
  demand(id === createHash("sha256").update(uid).digest("hex").slice(0, 32), "id", id, uid);
  demand(!/\p{Surrogate}/u.test(object), "half a character:", object);
  for (const line of object.split("\r\n"))
    demand(Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line), "a line too long:", line);
}

/** What is known already is not given again, and what is given is all that became another. */
async function checkRefresh(reading: Reading, one: Pick<Case, "whole" | "sent" | "window">, read: Read) {
  // A feed that costs more than all it may costs less when a part of it is known.
  if (reading.facts.skipped.some(({ reason }) => reason.includes("too long"))) return;
  const { window } = one;
  const unchanged = await read(one.sent, { window, known: reading.versions });
  same("a refresh is", unchanged, { ok: true, reading: { ...reading, events: [] } });
  const before = await read(one.whole, { window });
  if (!before.ok) return;
  const after = await read(one.sent, { window, known: before.reading.versions });
  const isKnown = ({ id, etag }: FeedEvent) => before.reading.versions[id] === etag;
  const events = reading.events.filter((event) => !isKnown(event));
  same("a change is", after, { ok: true, reading: { ...reading, events } });
  const old = new Map(before.reading.events.map((event) => [event.id, event]));
  for (const event of reading.events.filter(isKnown))
    same("what has one etag is", event.occurrences, old.get(event.id)?.occurrences);
}
