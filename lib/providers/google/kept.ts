import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { meaningKey, readTime } from "@/lib/providers/meaning";
import type { OccurrenceTime } from "@/lib/providers/provider";
import type { RecurrenceException } from "@/lib/providers/recurrence";
import type { Api } from "./api";
import { exceptionProperty, notUnderstood, timeOf } from "./event";
import { failureOf, unreadableAnswer } from "./refusal";
import {
  calledOff,
  type GoogleCopy,
  type GoogleTime,
  googleCopy,
  seriesList,
  seriesListFields,
  stone,
} from "./schema";

export type Says = NonNullable<RecurrenceException["says"]>;

/** An instance that Google keeps by itself: called off (`says` null), changed, or made what the series says again. */
export type Kept = {
  id: string;
  etag: string | null;
  /** Where the series has it, as the key of an exception. */
  key: string;
  says: Says | null;
  /** We wrote it as an exception, so it is one, whatever it says. */
  isMarked: boolean;
  updatedAt: Date | null;
};

// Pages may be short, so both are counted.
const mostPages = 50;
const mostItems = 10_000;
const maxPageBytes = 20_000_000;

/**
 * Every such instance of a series, also those that an earlier rule had. Google lists a series and what it keeps beside
 * it under one iCalUID. Where that list does not have the series itself, it is no list of what belongs to it, and each
 * occurrence is asked for, which of an endless series are thousands: nothing is taken for gone that was not listed.
 * @throws AppError invalid when one cannot be understood, or there are more than anybody makes
 */
export async function listKept(
  api: Api,
  calendarId: string,
  { id, iCalUID }: { id: string; iCalUID: string },
): Promise<Kept[]> {
  const events = ["calendars", calendarId, "events"];
  const listed = await readAll(api, events, { iCalUID, singleEvents: "false" });
  const isWhole = listed.some((item) => item.id === id);
  const items = isWhole ? listed : await readAll(api, [...events, id, "instances"], {});
  return items.filter(({ recurringEventId }) => recurringEventId === id).map(readKept);
}

type Items = z.infer<typeof seriesList>["items"];

async function readAll(api: Api, path: string[], query: Record<string, string>): Promise<Items> {
  const items: Items = [];
  let pageToken: string | null = null;
  for (let page = 0; page === 0 || pageToken; page++) {
    if (page === mostPages || items.length > mostItems)
      throw new AppError("invalid", "It has more exceptions than can be read.");
    const list = await readPage(api, path, { ...query, ...(pageToken ? { pageToken } : {}) });
    items.push(...list.items);
    pageToken = list.nextPageToken ?? null;
  }
  return items;
}

async function readPage(api: Api, path: string[], query: Record<string, string>) {
  const answer = await api.call({
    method: "GET",
    path,
    query: { showDeleted: "true", maxResults: "2500", fields: seriesListFields, ...query },
    maxBytes: maxPageBytes,
  });
  // It was there a moment ago.
  if (!answer.ok && (answer.status === 404 || answer.status === 410)) throw unreadableAnswer();
  if (!answer.ok) throw failureOf(answer);
  const list = seriesList.safeParse(answer.body);
  if (!list.success) throw unreadableAnswer();
  return list.data;
}

/** @throws AppError invalid when it cannot be understood */
export function readKept(item: unknown): Kept {
  const isOff = stone.safeParse(item).data?.status === "cancelled";
  const parsed = (isOff ? calledOff : googleCopy).safeParse(item);
  if (!parsed.success) throw notUnderstood(parsed.error);
  const { id, etag = null, originalStartTime } = parsed.data;
  if (!originalStartTime) throw new AppError("invalid", "One of its exceptions has no place in it.");
  const copy = "start" in parsed.data ? parsed.data : null;
  return {
    id,
    etag,
    key: keyOf(originalStartTime),
    says: copy && saysOf(copy),
    isMarked: copy?.extendedProperties?.private?.[exceptionProperty] === "1",
    updatedAt: instantOf(copy?.updated),
  };
}

export function saysOf(copy: GoogleCopy): Says {
  return {
    title: copy.summary ?? "",
    description: copy.description || null,
    location: copy.location || null,
    time: storedTime(timeOf(copy)),
  };
}

export function storedTime(time: OccurrenceTime): Says["time"] {
  if (time.kind === "allDay") return time;
  return { kind: "timed", startsAt: time.startsAt.toISOString(), endsAt: time.endsAt.toISOString() };
}

/** The same for the same meaning. */
export const keyOfWords = (says: Says): string => meaningKey({ ...says, time: readTime(says.time) });

export function instantOf(text: string | null | undefined): Date | null {
  const instant = new Date(text ?? Number.NaN);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

function keyOf(time: GoogleTime): string {
  return "date" in time ? time.date : time.dateTime.toISOString();
}
