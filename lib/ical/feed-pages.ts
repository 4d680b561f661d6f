import { AppError } from "@/lib/errors";
import type { FeedFacts, SyncWindow } from "@/lib/providers/provider";
import { type Budget, createBudget, shareOf } from "./budget";
import { readComponents } from "./content";
import { expandEvents } from "./expand";
import { findZoneOfFeed, readHead } from "./feed-facts";
import type { FeedEvent, FeedPage, FeedRequest } from "./feed-messages";
import { createObjectWriter, type FeedGroup, hashOf, type ObjectWriter } from "./feed-object";
import { decodeFeed } from "./feed-text";
import type { CalEvent } from "./model";
import { type ParsedCalendar, readEvents, type UnreadableEvent } from "./parse";
import { settle } from "./read-object";

/** Reads a feed in this thread: `readFeed` does it in another. @throws AppError invalid */
export function* readPages(request: Omit<FeedRequest, "deadlineMs">): Generator<FeedPage, FeedFacts> {
  const text = decodeFeed(request.body, request.contentType);
  const calendars = readComponents(text);
  if (calendars.length === 0) throw noCalendar(text);
  const parsed = readEvents(calendars, request.maxEvents);
  const timeZone = findZoneOfFeed(calendars);
  const tally = createTally();
  yield* inPages(
    readEntries(parsed, tally, {
      known: new Map(Object.entries(request.known)),
      window: { ...request.window, timeZone: timeZone ?? request.window.timeZone },
      writer: createObjectWriter(calendars, timeZone),
      budget: createBudget(parsed.events.length),
      room: { occurrences: request.maxOccurrences ?? mostOccurrences },
    }),
  );
  return { ...readHead(calendars), ...tally };
}

function noCalendar(text: string): AppError {
  const start = text.slice(0, 2000).trim();
  const what = /<!doctype html|<html|<head|<body/i.test(start)
    ? "a web page, not a calendar"
    : /^[[{]/.test(start)
      ? "JSON, not a calendar"
      : start === ""
        ? "empty"
        : "no calendar";
  return new AppError("invalid", `It is ${what}.`);
}

type Tally = Pick<FeedFacts, "eventCount" | "skippedCount" | "skipped">;
const skippedNamed = 50;

const createTally = (): Tally => ({ eventCount: 0, skippedCount: 0, skipped: [] });

function countSkipped(tally: Tally, { uid, title, reason }: UnreadableEvent): void {
  tally.skippedCount += 1;
  if (tally.skipped.length < skippedNamed)
    tally.skipped.push({ uid: uid.slice(0, 200), title: title.slice(0, 200), reason });
}

/** One UID of the feed: used (`event` is absent where it was known) or not. */
type Entry = { id: string; etag: string; event?: FeedEvent } | { id: string; reason: string };

type Reading = {
  known: Map<string, string>;
  window: SyncWindow;
  writer: ObjectWriter;
  budget: Budget;
  /** For how many more there is room. */
  room: { occurrences: number };
};

// All of them are held at once while they are written: half a kilobyte each, for several feeds at a time.
const mostOccurrences = 500_000;

function* readEntries(parsed: ParsedCalendar, tally: Tally, reading: Reading): Generator<Entry> {
  const unreadable = parsed.unreadable.map((event) => ({ ...event, reason: shorten(event.reason) }));
  for (const event of unreadable) countSkipped(tally, event);
  const groups = groupsOf(parsed);
  const reasons = new Map(unreadable.map(({ uid, reason }) => [uid, reason]));
  for (const [uid, reason] of reasons) if (uid !== "" && !groups.has(uid)) yield { id: idOf(uid), reason };
  for (const group of groups.values()) {
    const entry = readGroup(group, reading);
    if ("reason" in entry)
      for (const { uid, title } of group.events) countSkipped(tally, { uid, title, reason: entry.reason });
    else tally.eventCount += 1;
    yield entry;
  }
}

const longestReason = 300;
const shorten = (reason: string) =>
  reason.length > longestReason ? `${reason.slice(0, longestReason)}…` : reason;

function groupsOf({ events, sources }: ParsedCalendar): Map<string, FeedGroup> {
  const groups = new Map<string, FeedGroup>();
  for (const [index, event] of events.entries()) {
    const { uid } = event;
    const group = groups.get(uid) ?? { uid, events: [], sources: [] };
    group.events.push(event);
    const source = sources[index];
    if (source) group.sources.push(source);
    groups.set(uid, group);
  }
  return groups;
}

/** What is used as a key somewhere has to have an end. */
const longestUid = 800;

function readGroup(group: FeedGroup, { known, window, writer, budget, room }: Reading): Entry {
  const { uid, events } = group;
  const id = idOf(uid);
  try {
    if (uid.length > longestUid) throw new AppError("invalid", "The UID is too long.");
    const etag = writer.etagOf(group);
    if (known.get(id) === etag) return { id, etag };
    const occurrences = expandEvents(events.map(withTitleCut), window, shareOf(budget)).map((found) =>
      settle(found, window.timeZone),
    );
    if (occurrences.length > room.occurrences)
      throw new AppError("invalid", "The calendar's events repeat more often than can be kept.");
    const object = writer.write(group);
    room.occurrences -= occurrences.length;
    return { id, etag, event: { id, uid, etag, occurrences, object } };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { id, reason: shorten(error.message) };
  }
}

/** Each occurrence takes a copy of it from one thread to another, and no more of it is ever kept. */
const longestTitle = 500;

function withTitleCut(event: CalEvent): CalEvent {
  return event.title.length > longestTitle ? { ...event, title: event.title.slice(0, longestTitle) } : event;
}

const idOf = (uid: string) => hashOf(uid).slice(0, 32);

const entriesPerPage = 2_000;
const [eventsPerPage, weightOfPage, weightOfOccurrence] = [500, 1_000_000, 400];

function* inPages(entries: Iterable<Entry>): Generator<FeedPage> {
  let page = newPage();
  let [size, weight] = [0, 0];
  for (const entry of entries) {
    size += 1;
    if ("reason" in entry) page.unreadable.push(entry);
    else {
      page.versions[entry.id] = entry.etag;
      if (entry.event) page.events.push(entry.event);
      weight += entry.event ? weightOf(entry.event) : 0;
    }
    const isFull = size >= entriesPerPage || page.events.length >= eventsPerPage || weight >= weightOfPage;
    if (!isFull) continue;
    yield page;
    page = newPage();
    [size, weight] = [0, 0];
  }
  if (size > 0) yield page;
}

const newPage = (): FeedPage => ({ events: [], versions: {}, unreadable: [] });

const weightOf = ({ object, occurrences }: FeedEvent) =>
  object.length + occurrences.length * (weightOfOccurrence + (occurrences[0]?.title.length ?? 0));
