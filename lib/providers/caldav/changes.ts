import { AppError } from "@/lib/errors";
import { readObject } from "@/lib/ical/read-object";
import type { CalendarProvider, ChangePage, SyncWindow } from "@/lib/providers/provider";
import { parseCursor } from "./cursor";
import type { Dav } from "./dav";
import { findChanges } from "./find-changes";
import { type RemoteObject, readObjects } from "./objects";

/** Servers measured take 250 at once; pages of this size keep memory flat. */
const chunkSize = 100;

type IsKnown = NonNullable<Parameters<CalendarProvider["pullChanges"]>[3]>;

/**
 * First what changed (URLs and ETags), then the bodies of what is not known in that version, page by page; the cursor
 * comes when everything was read.
 */
export async function* pullChanges(
  dav: Dav,
  calendarUrl: string,
  cursor: string | null,
  window: SyncWindow,
  isKnown: IsKnown = () => false,
): AsyncGenerator<ChangePage> {
  const changes = await findChanges(dav, calendarUrl, parseCursor(cursor));
  const reset = changes.isReset ? { reset: true } : {};
  const isUnchanged = ([url, etag]: [string, string | null]) => etag !== null && isKnown(url, etag);
  const listed = [...changes.changed];
  const unchanged = listed.filter(isUnchanged).map(([url]) => url);
  const wanted = listed.filter((object) => !isUnchanged(object)).map(([url]) => url);
  for (let start = 0; start < wanted.length; start += chunkSize) {
    const urls = wanted.slice(start, start + chunkSize);
    yield { ...reset, ...pageOf(await readObjects(dav, calendarUrl, urls), window) };
  }
  const rest = { upserts: [], deletions: changes.gone, unreadable: changes.unreadable, unchanged };
  yield { ...reset, ...rest, cursor: JSON.stringify(changes.cursor) };
}

function pageOf(objects: RemoteObject[], window: SyncWindow): ChangePage {
  const page: ChangePage = { upserts: [], deletions: [], unreadable: [] };
  for (const object of objects) {
    if (object.kind === "gone") page.deletions.push(object.url);
    else if (object.kind === "unreadable") page.unreadable.push({ id: object.url, reason: object.reason });
    else addEvent(page, object, window);
  }
  return page;
}

function addEvent(page: ChangePage, object: RemoteObject & { kind: "found" }, window: SyncWindow): void {
  const { url: id, etag, text } = object;
  try {
    const { uid, occurrences } = readObject(text, window);
    // A task or a journal entry. Named as gone, since it may have been an event before.
    if (!/^BEGIN:VEVENT/im.test(text)) page.deletions.push(id);
    else page.upserts.push({ id, uid, etag, occurrences });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    page.unreadable.push({ id, reason: error.message });
  }
}
