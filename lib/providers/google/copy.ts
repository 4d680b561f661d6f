import { AppError } from "@/lib/errors";
import type { RemoteCopy } from "@/lib/providers/provider";
import type { Api } from "./api";
import { notUnderstood, timeOf, uidOf } from "./event";
import { failureOf, unreadableAnswer } from "./refusal";
import { copyFields, type GoogleCopy, googleCopy, stone } from "./schema";

/** What lies under an id: an event, an odd one, the stone of one that was deleted, or nothing that was ever there. */
export type Found =
  | { kind: "there"; copy: RemoteCopy }
  | { kind: "odd"; error: AppError }
  | { kind: "deleted" | "unknown" };

/** @throws AppError invalid when it cannot be understood; not_found when the calendar is gone */
export async function getEvent(api: Api, calendarId: string, eventId: string): Promise<RemoteCopy | null> {
  const found = await findEvent(api, calendarId, eventId);
  if (found.kind === "odd") throw found.error;
  return found.kind === "there" ? found.copy : null;
}

/** @throws AppError not_found when the calendar is gone */
export async function findEvent(api: Api, calendarId: string, eventId: string): Promise<Found> {
  const answer = await api.call({
    method: "GET",
    path: ["calendars", calendarId, "events", eventId],
    query: { fields: copyFields },
  });
  if (answer.ok) return readFound(answer.body);
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

function readFound(body: unknown): Found {
  const known = stone.safeParse(body);
  if (!known.success) throw unreadableAnswer();
  if (known.data.status === "cancelled") return { kind: "deleted" };
  const parsed = googleCopy.safeParse(body);
  if (!parsed.success) return { kind: "odd", error: notUnderstood(parsed.error) };
  try {
    return { kind: "there", copy: copyOf(parsed.data) };
  } catch (error) {
    if (error instanceof AppError) return { kind: "odd", error };
    throw error;
  }
}

function copyOf(copy: GoogleCopy): RemoteCopy {
  return {
    id: copy.id,
    etag: copy.etag ?? null,
    uid: uidOf(copy),
    title: copy.summary ?? "",
    description: copy.description || null,
    location: copy.location || null,
    time: timeOf(copy),
    isRecurring: Boolean(copy.recurrence?.length || copy.recurringEventId),
    updatedAt: instantOf(copy.updated),
  };
}

function instantOf(text: string | null | undefined): Date | null {
  const instant = new Date(text ?? Number.NaN);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
