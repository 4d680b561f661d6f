import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import type { RemoteCopy } from "@/lib/providers/provider";
import type { Api } from "./api";
import { notUnderstood, timeOf, uidOf, unfinishedProperty } from "./event";
import { instantOf, type Kept, listKept } from "./kept";
import { failureOf, unreadableAnswer } from "./refusal";
import { copyFields, type GoogleCopy, googleCopy, stone } from "./schema";
import { readSeries, versionOf } from "./series";

/** What lies under an id: an event, an odd one, the stone of one that was deleted, or nothing that was ever there. */
export type Found = There | { kind: "odd"; error: AppError } | { kind: "deleted" | "unknown" };

export type There = {
  kind: "there";
  copy: RemoteCopy;
  iCalUID: string | null;
  /** Of a series. */
  kept: Kept[];
  /** The draft whose instances are still being written there. */
  unfinished: string | null;
};

// A series takes some seconds to be written; one that stays unfinished was left so by a process that died.
const patienceMs = [250, 500, 1000, 2000, 4000];
const isRecentMs = 60_000;

/**
 * A series that is just being written is waited for.
 * @throws AppError invalid when it cannot be understood; not_found when the calendar is gone
 */
export async function getEvent(api: Api, calendarId: string, eventId: string): Promise<RemoteCopy | null> {
  let found = await findEvent(api, calendarId, eventId);
  for (const waitMs of patienceMs) {
    if (!isBeingWritten(found)) break;
    await sleep(waitMs);
    found = await findEvent(api, calendarId, eventId);
  }
  if (found.kind === "odd") throw found.error;
  return found.kind === "there" ? found.copy : null;
}

function isBeingWritten(found: Found): boolean {
  if (found.kind !== "there" || found.unfinished === null) return false;
  return Math.abs(Date.now() - (found.copy.updatedAt?.getTime() ?? 0)) < isRecentMs;
}

/** @throws AppError not_found when the calendar is gone */
export async function findEvent(api: Api, calendarId: string, eventId: string): Promise<Found> {
  const answer = await api.call({
    method: "GET",
    path: ["calendars", calendarId, "events", eventId],
    query: { fields: copyFields },
  });
  if (answer.ok) return readFound(api, calendarId, answer.body);
  if (answer.status !== 404 && answer.status !== 410) throw failureOf(answer);
  await checkCalendar(api, calendarId);
  return { kind: answer.status === 404 ? "unknown" : "deleted" };
}

/** Google says of an event and of its calendar alike that it is not found. @throws AppError not_found */
export async function checkCalendar(api: Api, calendarId: string): Promise<void> {
  const [timeMin, timeMax] = ["2000-01-01T00:00:00Z", "2000-01-01T00:00:01Z"];
  const answer = await api.call({
    method: "GET",
    path: ["calendars", calendarId, "events"],
    query: { maxResults: "1", timeMin, timeMax, fields: "accessRole" },
  });
  if (!answer.ok) throw failureOf(answer);
}

async function readFound(api: Api, calendarId: string, body: unknown): Promise<Found> {
  const known = stone.safeParse(body);
  if (!known.success) throw unreadableAnswer();
  if (known.data.status === "cancelled") return { kind: "deleted" };
  const parsed = googleCopy.safeParse(body);
  if (!parsed.success) return { kind: "odd", error: notUnderstood(parsed.error) };
  try {
    return await thereOf(api, calendarId, parsed.data);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return { kind: "odd", error };
    throw error;
  }
}

async function thereOf(api: Api, calendarId: string, event: GoogleCopy): Promise<There> {
  const { id, recurrence, recurringEventId, iCalUID = null } = event;
  const unfinished = event.extendedProperties?.private?.[unfinishedProperty] ?? null;
  const there = { kind: "there", iCalUID, unfinished } as const;
  if (recurringEventId || !recurrence?.length) return { ...there, copy: onceOf(event), kept: [] };
  const kept = iCalUID === null ? [] : await listKept(api, calendarId, { id, iCalUID });
  return { ...there, copy: seriesOf({ ...event, recurrence }, kept, there), kept };
}

function onceOf(event: GoogleCopy): RemoteCopy {
  return {
    id: event.id,
    etag: event.etag ?? null,
    uid: uidOf(event),
    title: event.summary ?? "",
    description: event.description || null,
    location: event.location || null,
    time: timeOf(event),
    isRecurring: Boolean(event.recurringEventId),
    updatedAt: instantOf(event.updated),
  };
}

/** One that is not written to its end says nothing that anybody meant; nor does one whose exceptions cannot be asked for. */
function seriesOf(
  event: GoogleCopy & { recurrence: string[] },
  kept: Kept[],
  { unfinished, iCalUID }: Pick<There, "unfinished" | "iCalUID">,
): RemoteCopy {
  const copy = onceOf(event);
  const timeZone = ("timeZone" in event.start ? event.start.timeZone : null) ?? null;
  const series = { ...copy, timeZone: timeZone ?? "UTC" };
  const isWhole =
    unfinished === null && iCalUID !== null && (timeZone !== null || copy.time.kind === "allDay");
  return {
    ...copy,
    etag: versionOf(copy.etag, kept),
    isRecurring: true,
    recurrence: isWhole ? readSeries(series, event.recurrence, kept) : null,
    timeZone,
    updatedAt: latest([copy.updatedAt, ...kept.map(({ updatedAt }) => updatedAt)]),
  };
}

function latest(instants: (Date | null)[]): Date | null {
  const known = instants.flatMap((instant) => (instant ? [instant.getTime()] : []));
  return known.length > 0 ? new Date(Math.max(...known)) : null;
}
