import { type Authorized, openCalendar } from "../access";
import { gone, invalid } from "../errors";
import type { Google } from "../google";
import type { Reply } from "../http";
import type { Calendar, GoogleEvent, Role } from "../state";
import { changesSince } from "./changes";
import { fullListing } from "./full-listing";
import { type ListQuery, readListQuery } from "./list-query";
import { firstPage, nextPage } from "./paging";
import { present } from "./present";
import { readSyncToken, type SyncToken, writeSyncToken } from "./sync-token";
import type { Window } from "./time";

const year = 365 * 86_400_000;

export function listEvents(google: Google, call: Authorized): Reply {
  const { calendar, entry } = openCalendar(google, call);
  const query = readListQuery(call.url.searchParams);
  const key = `events ${call.user.email} ${calendar.id} ${query.syncToken ?? ""}`;
  if (query.pageToken) return nextPage(google, { token: query.pageToken, key, size: query.maxResults });
  const token = query.syncToken ? readToken(calendar, query) : null;
  if (query.updatedMin !== null) checkReach(google, query.updatedMin);
  const events = token ? incremental(google, calendar, token) : full(google, calendar, query);
  const viewing = { role: entry.role, timeZone: query.timeZone, maxAttendees: query.maxAttendees };
  const listing = {
    key,
    items: events.map((event) => present(calendar, event, viewing)),
    envelope: envelopeOf(calendar, entry.role, query),
    nextSyncToken: canBeContinued(query) ? tokenFor(google, calendar, { query, token }) : null,
  };
  return firstPage(google, listing, query.maxResults);
}

function full(google: Google, calendar: Calendar, query: ListQuery): GoogleEvent[] {
  return fullListing(calendar, { ...query, window: bounded(google, query.window) });
}

/** Whether what lies outside the first window is told is not documented; the setting decides. */
function incremental(google: Google, calendar: Calendar, token: SyncToken): GoogleEvent[] {
  const kept = { from: token.from ?? Number.NEGATIVE_INFINITY, to: token.to ?? Number.POSITIVE_INFINITY };
  const open = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const { incrementalWindow, deletedSeries } = google.state.settings;
  return changesSince(calendar, token.seq, {
    singleEvents: token.singleEvents,
    window: bounded(google, incrementalWindow === "kept" ? kept : open),
    deletedSeries,
  });
}

/** Endless series are told of for three years from now where nothing else bounds them. */
function bounded(google: Google, window: Window): Window {
  return { ...window, horizon: google.clock.now() + 3 * year };
}

function readToken(calendar: Calendar, query: ListQuery): SyncToken {
  const token = readSyncToken(query.syncToken ?? "", {
    of: calendar.id,
    changes: calendar.changes.length,
    ended: calendar.tokensEnded,
  });
  // "Undefined behaviour" at Google; here it is refused, so that nobody comes to rely on it.
  if (token.singleEvents !== query.singleEvents) {
    throw invalid("singleEvents must be what it was in the initial request.", "singleEvents");
  }
  return token;
}

function checkReach(google: Google, updatedMin: number): void {
  if (updatedMin < google.clock.now() - google.state.settings.updatedMinReachMs) {
    throw gone("updatedMinTooLongAgo", "updatedMin");
  }
}

/** A listing that was filtered or sorted has no sync token at its end. */
function canBeContinued(query: ListQuery): boolean {
  const isFiltered = query.q ?? query.iCalUID ?? query.orderBy ?? query.updatedMin;
  return isFiltered === null && query.privateProperties.length + query.sharedProperties.length === 0;
}

function tokenFor(
  google: Google,
  calendar: Calendar,
  { query, token }: { query: ListQuery; token: SyncToken | null },
): string {
  const { from, to } = token ?? query.window;
  const finite = (bound: number | null) => (bound !== null && Number.isFinite(bound) ? bound : null);
  return writeSyncToken(google, {
    of: calendar.id,
    seq: calendar.changes.length,
    singleEvents: query.singleEvents,
    from: finite(from),
    to: finite(to),
  });
}

function envelopeOf(calendar: Calendar, role: Role, query: ListQuery): object {
  return {
    kind: "calendar#events",
    summary: calendar.summary,
    updated: new Date(calendar.updated).toISOString(),
    timeZone: query.timeZone ?? calendar.timeZone,
    accessRole: role,
    defaultReminders: [],
  };
}
