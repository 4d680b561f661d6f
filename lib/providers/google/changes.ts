import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { ChangePage, SyncWindow } from "@/lib/providers/provider";
import type { Api, ApiAnswer } from "./api";
import { readEvent, type View, viewOf, wholeSeconds } from "./event";
import { failureOf, unreadableAnswer } from "./refusal";
import { type EventList, eventList, eventListFields } from "./schema";

const maxPageBytes = 20_000_000;

const cursorSchema = z.object({ version: z.literal(1), syncToken: z.string().min(1) });

/**
 * What changed since the sync token, or the whole window. Changes are held back until the last page came: the token may
 * be refused at any of them, and an event that became a series is told of as gone, maybe after its first occurrences.
 */
export async function* pullChanges(
  api: Api,
  calendarId: string,
  cursor: string | null,
  window: SyncWindow,
): AsyncGenerator<ChangePage> {
  const syncToken = parseCursor(cursor);
  const changes = syncToken && (await readChanges(api, calendarId, syncToken));
  if (changes) {
    yield pageOf(changes, viewOf(changes, window));
    return;
  }
  for await (const list of readLists(api, calendarId, windowQuery(window))) {
    yield { reset: true, ...pageOf(list, viewOf(list, window)) };
  }
}

/** Null for a cursor of another version or another provider: the calendar is then read anew. */
function parseCursor(text: string | null): string | null {
  try {
    return cursorSchema.parse(JSON.parse(text ?? "null")).syncToken;
  } catch {
    return null;
  }
}

/** The window goes only with the first listing; a sync token tolerates none. */
function windowQuery(window: SyncWindow): Record<string, string> {
  const { start, end } = wholeSeconds(window);
  return { timeMin: start.toISOString(), timeMax: end.toISOString() };
}

class TokenRefused extends Error {}

/** All pages as one, with the last word on each event; null when the token is not good any more. */
async function readChanges(api: Api, calendarId: string, syncToken: string): Promise<EventList | null> {
  const items = new Map<string, EventList["items"][number]>();
  let last: EventList | null = null;
  try {
    for await (const list of readLists(api, calendarId, { syncToken })) {
      for (const item of list.items) items.set(item.id, item);
      last = list;
    }
    return last && { ...last, items: [...items.values()] };
  } catch (error) {
    if (error instanceof TokenRefused) return null;
    throw error;
  }
}

/** While one page is worked on, the next one is on its way. */
async function* readLists(
  api: Api,
  calendarId: string,
  query: Record<string, string>,
): AsyncGenerator<EventList> {
  let pageToken: string | undefined;
  let coming = readList(api, calendarId, query);
  for (;;) {
    const list = await coming;
    if (list.nextPageToken && list.nextPageToken !== pageToken) {
      pageToken = list.nextPageToken;
      coming = readList(api, calendarId, { ...query, pageToken });
      // Whoever stops reading here never asks how this one went.
      coming.catch(() => {});
      yield list;
    } else if (list.nextSyncToken && !list.nextPageToken) {
      yield list;
      return;
    } else {
      throw unreadableAnswer();
    }
  }
}

async function readList(api: Api, calendarId: string, query: Record<string, string>): Promise<EventList> {
  const answer = await api.call({
    method: "GET",
    path: ["calendars", calendarId, "events"],
    query: { singleEvents: "true", maxResults: "2500", fields: eventListFields, ...query },
    maxBytes: maxPageBytes,
  });
  if (!answer.ok) throw query.syncToken && isTokenRefused(answer) ? new TokenRefused() : listFailure(answer);
  const list = eventList.safeParse(answer.body);
  if (!list.success) throw unreadableAnswer();
  return list.data;
}

type Refused = Extract<ApiAnswer, { ok: false }>;

/** 410 for either reason: too old, or no longer valid; 400 for what Google does not know as a token of its own. */
function isTokenRefused({ status, location, message }: Refused): boolean {
  return status === 410 || (status === 400 && (location === "syncToken" || /sync token/i.test(message)));
}

function listFailure(refusal: Refused): AppError {
  // Page tokens do not last, either; the listing begins again with the next attempt.
  const isPassing = refusal.status === 410 || refusal.location === "pageToken";
  return isPassing ? new AppError("unavailable", "Google broke off its list of events.") : failureOf(refusal);
}

function pageOf(list: EventList, view: View): ChangePage {
  const page: ChangePage = { upserts: [], deletions: [], unreadable: [] };
  for (const item of list.items) {
    if (item.status === "cancelled") page.deletions.push(item.id);
    else addEvent(page, item, view);
  }
  if (!list.nextSyncToken) return page;
  return { ...page, cursor: JSON.stringify({ version: 1, syncToken: list.nextSyncToken }) };
}

function addEvent(page: ChangePage, item: EventList["items"][number], view: View): void {
  try {
    page.upserts.push(readEvent(item, view));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    page.unreadable.push({ id: item.id, reason: error.message });
  }
}
