import { AppError } from "@/lib/errors";
import type { GuardedResponse } from "@/lib/http/guarded-fetch";
import type { EventDraft, RemoteRef } from "@/lib/providers/provider";
import { findUrl } from "@/lib/url";
import { memberUrl } from "./address";
import { getCollection } from "./collection";
import { type Dav, failureOf } from "./dav";
import { hasMeaningOf } from "./meaning";
import { readObject } from "./objects";

/**
 * What a refused put comes to: the event where the server already has it, if that is ours.
 * @throws AppError why it was refused
 */
export async function settleRefusal(
  dav: Dav,
  calendarUrl: string,
  draft: EventDraft,
  response: GuardedResponse,
): Promise<RemoteRef> {
  const { status, url } = response;
  // A put into a calendar that is gone is any of these, depending on the server.
  if (status === 403 || status === 404 || status === 405 || status === 409) {
    await getCollection(dav, calendarUrl);
  }
  const body = response.body.toString();
  if (uidTaken.test(body)) {
    const ours = await findOurs(dav, calendarUrl, draft, body);
    if (ours) return ours;
  }
  throw reasonIn(body, new URL(url).hostname, status) ?? failureOf(response);
}

// RFC 4791 §5.3.2.1, RFC 6638 §3.2.4.1: the account already has this UID under another address.
const uidTaken = /<(?:[\w-]+:)?(?:no-uid-conflict|unique-scheduling-object-resource)\b/;

/** What the answer gives as its reason, also inside a 207; said so that nobody tries the same again. */
function reasonIn(body: string, host: string, status: number): AppError | null {
  if (uidTaken.test(body)) {
    return new AppError("conflict", `${host} already has this event elsewhere in the account.`);
  }
  if (/deleted calendar object with uid/i.test(body)) {
    const sentence = `${host} still has this event in its trash. Empty the trash of the calendar there.`;
    return new AppError("invalid", sentence);
  }
  if (status === 413 || /max-resource-size/.test(body)) {
    return new AppError("invalid", `${host} does not take an event as large as this one.`);
  }
  if (status === 507 || /quota-not-exceeded/.test(body)) {
    return new AppError("invalid", `${host} has no room left in this account.`);
  }
  const named = /<(?:[\w-]+:)?((?:valid|supported)-calendar-[a-z-]+)\b/.exec(body)?.[1];
  return named ? new AppError("invalid", `${host} does not take this event (${named}).`) : null;
}

const takenHref = new RegExp(`${uidTaken.source}[^<>]*>\\s*<(?:[\\w-]+:)?href[^<>]*>([^<]+)<`);

/** Only in this calendar: a copy that somebody moved to another is looked for by whoever reads all of them. */
async function findOurs(
  dav: Dav,
  calendarUrl: string,
  draft: EventDraft,
  body: string,
): Promise<RemoteRef | null> {
  const href = takenHref.exec(body)?.[1]?.trim();
  if (!href || !findUrl(href, calendarUrl)) return null;
  const url = memberUrl(calendarUrl, href);
  if (!url.startsWith(calendarUrl)) return null;
  const object = await readObject(dav, url);
  const isOurs = object.kind === "found" && hasMeaningOf(object.text, draft);
  return isOurs ? { id: url, etag: object.etag } : null;
}
