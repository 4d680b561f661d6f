import { type Authorized, openCalendar } from "../access";
import { notFound } from "../errors";
import type { Google } from "../google";
import type { Reply } from "../http";
import { readFlag, readMax, readWindow, readZone } from "./list-query";
import { firstPage, nextPage } from "./paging";
import { present } from "./present";
import { instancesOf } from "./singles";
import { current } from "./store";
import { instantOf } from "./time";

const threeYears = 3 * 365 * 86_400_000;

export function listInstances(google: Google, call: Authorized): Reply {
  const { calendar, entry } = openCalendar(google, call);
  const query = call.url.searchParams;
  const series = current(calendar, call.params.eventId ?? "");
  if (!series?.recurrence) throw notFound();
  const size = readMax(query, { name: "maxResults", most: 2500, otherwise: 250 });
  const key = `instances ${call.user.email} ${calendar.id} ${series.id}`;
  const token = query.get("pageToken");
  if (token) return nextPage(google, { token, key, size });
  const { from, to } = readWindow(query);
  const showsCancelled = readFlag(query, "showDeleted");
  const window = { from, to, horizon: google.clock.now() + threeYears };
  const hasEnded = series.status === "cancelled";
  const singles = hasEnded
    ? []
    : instancesOf(calendar, { seq: 0, event: series }, { window, showsCancelled }).values();
  const original = query.get("originalStart");
  const events = [...singles].map((single) => single.event);
  const wanted = events.filter((event) => {
    if (original === null || !event.originalStartTime) return true;
    const at =
      original.length === 10 ? instantOf({ date: original }, calendar.timeZone) : Date.parse(original);
    return instantOf(event.originalStartTime, calendar.timeZone) === at;
  });
  const viewing = { role: entry.role, timeZone: readZone(query) };
  const envelope = {
    kind: "calendar#events",
    summary: calendar.summary,
    updated: new Date(calendar.updated).toISOString(),
    timeZone: viewing.timeZone ?? calendar.timeZone,
    accessRole: entry.role,
    defaultReminders: [],
  };
  const items = wanted.map((event) => present(calendar, event, viewing));
  return firstPage(google, { key, items, envelope, nextSyncToken: null }, size);
}
