import { createHash } from "node:crypto";
import type { Authorized } from "../access";
import { apiError, invalid, invalidParameter } from "../errors";
import type { Google } from "../google";
import type { Reply } from "../http";
import { type ListEntry, type Role, roles, type User } from "../state";
import { readFlag, readMax } from "./list-query";
import { firstPage, nextPage } from "./paging";
import { readSyncToken, writeSyncToken } from "./sync-token";

export function listCalendars(google: Google, call: Authorized): Reply {
  const query = call.url.searchParams;
  const { user } = call;
  const size = readMax(query, { name: "maxResults", most: 250, otherwise: 100 });
  const token = query.get("syncToken");
  const key = `calendarList ${user.email} ${token ?? ""}`;
  const pageToken = query.get("pageToken");
  if (pageToken) return nextPage(google, { token: pageToken, key, size });
  const entries = token ? changedEntries(user, token, query) : wantedEntries(user, query);
  const items = entries.flatMap((entry) => presentEntry(google, user, entry) ?? []);
  // What was filtered by role cannot be continued.
  const nextSyncToken = query.has("minAccessRole") ? null : tokenFor(google, user);
  return firstPage(google, { key, items, envelope: { kind: "calendar#calendarList" }, nextSyncToken }, size);
}

export function presentEntry(google: Google, user: User, entry: ListEntry): object | null {
  const calendar = google.state.calendars.get(entry.calendarId);
  const { calendarId: id, role: accessRole, primary, hidden, deleted, ...own } = entry;
  if (deleted || !calendar)
    return { kind: "calendar#calendarListEntry", etag: etagOf(entry), id, deleted: true };
  return {
    kind: "calendar#calendarListEntry",
    etag: etagOf({ entry, summary: calendar.summary, timeZone: calendar.timeZone }),
    id,
    summary: calendar.summary,
    timeZone: calendar.timeZone,
    ...own,
    foregroundColor: "#000000",
    accessRole,
    defaultReminders: [],
    ...(primary && calendar.owner === user.email ? { primary: true } : {}),
    ...(hidden ? { hidden: true } : {}),
  };
}

function etagOf(value: object): string {
  return `"${createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16)}"`;
}

/** Deleted and hidden calendars always belong to an incremental answer. */
function changedEntries(user: User, text: string, query: URLSearchParams): ListEntry[] {
  if (query.has("minAccessRole")) {
    throw invalid("Sync token cannot be combined with the minAccessRole parameter.", "syncToken");
  }
  const hidesSome = query.get("showDeleted") === "false" || query.get("showHidden") === "false";
  if (hidesSome) throw invalid("showDeleted and showHidden cannot be false with a sync token.", "syncToken");
  const token = readSyncToken(text, {
    of: `list ${user.email}`,
    changes: user.listChanges.length,
    ended: user.listTokensEnded ? { upTo: user.listTokensEnded, reason: "fullSyncRequired" } : null,
  });
  const ids = [...new Set(user.listChanges.slice(token.seq))];
  return ids.flatMap((id) => user.list.get(id) ?? []);
}

function wantedEntries(user: User, query: URLSearchParams): ListEntry[] {
  const least = query.get("minAccessRole");
  if (least !== null && !roles.includes(least as Role)) throw invalidParameter("minAccessRole", least);
  const showsDeleted = readFlag(query, "showDeleted");
  const showsHidden = readFlag(query, "showHidden");
  return [...user.list.values()].filter(
    (entry) =>
      (showsDeleted || !entry.deleted) &&
      (showsHidden || !entry.hidden) &&
      (least === null || roles.indexOf(entry.role) >= roles.indexOf(least as Role)),
  );
}

function tokenFor(google: Google, user: User): string {
  const of = `list ${user.email}`;
  return writeSyncToken(google, {
    of,
    seq: user.listChanges.length,
    singleEvents: false,
    from: null,
    to: null,
  });
}

export function readCalendar(google: Google, call: Authorized): Reply {
  const id = call.params.calendarId === "primary" ? call.user.email : (call.params.calendarId ?? "");
  const entry = call.user.list.get(id);
  if (!entry || entry.deleted) {
    throw apiError(404, { domain: "global", reason: "notFound", message: "Not Found" });
  }
  return { status: 200, body: presentEntry(google, call.user, entry) };
}
