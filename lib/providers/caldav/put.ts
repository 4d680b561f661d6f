import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import { serializeEvent } from "@/lib/ical/serialize";
import type { EventDraft, RemoteRef } from "@/lib/providers/provider";
import { canonicalUrl } from "./address";
import type { Dav } from "./dav";
import { strongEtag } from "./etag";
import { hasMeaningOf } from "./meaning";
import { type RemoteObject, readObject } from "./objects";
import { settleRefusal } from "./put-refusal";

/**
 * Writes the event under a precondition, so that nothing unseen is overwritten. When the precondition fails, an
 * earlier put whose answer was lost may be the reason: what is there then decides.
 */
export async function putEvent(
  dav: Dav,
  calendarUrl: string,
  draft: EventDraft,
  previous?: RemoteRef,
): Promise<RemoteRef> {
  const url = previous?.id ?? urlOf(calendarUrl, draft.uid);
  if (!previous && ignoresIfNoneMatch(url)) {
    const current = await readObject(dav, url);
    if (current.kind !== "gone") return adopt(current, draft);
  }
  const precondition = previous ? await matching(dav, previous) : { "if-none-match": "*" };
  const response = await dav.request({
    method: "PUT",
    url,
    body: serializeEvent(draft, new Date()),
    headers: { "content-type": "text/calendar; charset=utf-8", ...precondition },
  });
  if (response.status === 412) return adopt(await readObject(dav, url), draft);
  // Not 200 or 207: Xandikos reports failures inside a 207, captive portals answer 200.
  if (response.status !== 201 && response.status !== 204) {
    return settleRefusal(dav, calendarUrl, draft, response);
  }
  const etag = strongEtag(response.headers.get("etag"));
  return { id: url, etag: etag ?? (await findEtag(dav, url, draft)) };
}

/** Same UID, same address: a repeated create meets what the first one made. */
export function urlOf(calendarUrl: string, uid: string): string {
  // Radicale 3.8 refuses some characters that a UID may have.
  const isPlain = /^[\w.@-]{1,150}$/.test(uid);
  const name = isPlain ? uid : createHash("sha256").update(uid).digest("hex");
  return canonicalUrl(`${calendarUrl}${encodeURIComponent(name)}.ics`);
}

/** Without a known ETag the present one at least keeps out what comes between this look and the put. */
async function matching(dav: Dav, previous: RemoteRef): Promise<Record<string, string>> {
  if (previous.etag) return { "if-match": strongEtag(previous.etag) ?? "" };
  const current = await readObject(dav, previous.id);
  if (current.kind !== "found") throw changed();
  return current.etag ? { "if-match": current.etag } : {};
}

/** Google knows If-Match alone, so a look comes first there; the address is the same each time. */
function ignoresIfNoneMatch(url: string): boolean {
  return /(^|\.)google(usercontent)?\.com$/.test(new URL(url).hostname);
}

function adopt(current: RemoteObject, draft: EventDraft): RemoteRef {
  if (!isOurs(current, draft)) throw changed();
  return { id: current.url, etag: current.etag };
}

/**
 * Schedulers and rewriting servers send no ETag with a PUT. The one found afterwards is only ours while the event
 * still is; else null, and the next pull sees the difference.
 */
async function findEtag(dav: Dav, url: string, draft: EventDraft): Promise<string | null> {
  const current = await readObject(dav, url);
  return isOurs(current, draft) ? current.etag : null;
}

function isOurs(object: RemoteObject, draft: EventDraft): object is RemoteObject & { kind: "found" } {
  return object.kind === "found" && hasMeaningOf(object.text, draft);
}

function changed(): AppError {
  return new AppError("conflict", "The event was changed or deleted in the calendar.");
}
