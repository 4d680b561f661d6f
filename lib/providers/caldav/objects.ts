import { AppError } from "@/lib/errors";
import { AnswerTooLarge } from "@/lib/http/failures";
import type { GuardedResponse } from "@/lib/http/guarded-fetch";
import { pathOf } from "./address";
import { type Dav, failureOf, megabyte } from "./dav";
import { strongEtag } from "./etag";
import { type Row, readMultistatus, textOf } from "./multistatus";
import { calendarMultiget } from "./requests";

/** One calendar object as the server keeps it, or why it could not be had. */
export type RemoteObject =
  | { kind: "found"; url: string; etag: string | null; text: string }
  | { kind: "gone"; url: string }
  | { kind: "unreadable"; url: string; reason: string };

/**
 * The objects behind `urls`, each accounted for: what multiget leaves out or cannot do is asked for one by one.
 * @throws AppError unavailable rather than take a failed read for an empty or a missing object
 */
export async function readObjects(dav: Dav, calendarUrl: string, urls: string[]): Promise<RemoteObject[]> {
  const rows = await multiget(dav, calendarUrl, urls);
  const byUrl = new Map(rows.map((row) => [row.url, row]));
  const objects: RemoteObject[] = [];
  for (const url of urls) {
    const row = byUrl.get(url);
    objects.push(row ? toObject(row) : await readObject(dav, url));
  }
  return objects;
}

/**
 * No rows when the report as a whole is refused or too large: sabre fails it for one foreign href, iCloud now and
 * then with 400, and a hundred objects with attachments can be a lot.
 */
async function multiget(dav: Dav, calendarUrl: string, urls: string[]): Promise<Row[]> {
  const request = { ...calendarMultiget(calendarUrl, urls.map(pathOf)), maxBytes: 32 * megabyte };
  const response = await orTooLarge(dav.request(request));
  if (response instanceof AnswerTooLarge) return [];
  if (response.status >= 400 && response.status < 500) return [];
  if (response.status !== 207) throw failureOf(response);
  return (await readMultistatus(response.body.toString(), calendarUrl)).rows;
}

async function orTooLarge(answer: Promise<GuardedResponse>): Promise<GuardedResponse | AnswerTooLarge> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AnswerTooLarge) return error;
    throw error;
  }
}

function toObject({ url, status, props }: Row): RemoteObject {
  if (status === 404 || status === 410) return { kind: "gone", url };
  const text = textOf(props.calendarData);
  if (status >= 400 || text === null) throw notRead(url);
  return { kind: "found", url, etag: strongEtag(textOf(props.getetag)), text };
}

export async function readObject(dav: Dav, url: string): Promise<RemoteObject> {
  // Compressing proxies change the ETag of what they compress.
  const headers = { accept: "text/calendar", "accept-encoding": "identity" };
  const response = await orTooLarge(dav.request({ method: "GET", url, headers, maxBytes: 5 * megabyte }));
  if (response instanceof AnswerTooLarge) return { kind: "unreadable", url, reason: response.message };
  if (response.status === 404 || response.status === 410) return { kind: "gone", url };
  if (response.status !== 200) throw failureOf(response);
  const text = response.body.toString();
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) throw notRead(url);
  return { kind: "found", url, etag: strongEtag(response.headers.get("etag")), text };
}

function notRead(url: string): AppError {
  return new AppError("unavailable", `${new URL(url).hostname} did not give the contents of every event.`);
}
