import { getCollection, type Listing, listObjects, listObjectsSurely } from "./collection";
import type { Cursor } from "./cursor";
import type { Dav } from "./dav";
import { findSync } from "./sync-collection";

export type Changes = {
  /** Everything there is stands in `changed`. */
  isReset: boolean;
  changed: string[];
  gone: string[];
  unreadable: { id: string; reason: string }[];
  cursor: Cursor;
};

/**
 * What changed since `cursor`, as far as it can be known without reading bodies. A token the server does not
 * know any more (RFC 6578 §3.2: valid-sync-token; Xandikos: 500) means reading everything.
 */
export async function findChanges(dav: Dav, calendarUrl: string, cursor: Cursor | null): Promise<Changes> {
  if (cursor?.kind === "token") {
    const changes = await sinceToken(dav, calendarUrl, cursor);
    if (changes) return changes;
  }
  const { ctag, hasSync } = await getCollection(dav, calendarUrl);
  if (hasSync) {
    const changes = await fromEmptyToken(dav, calendarUrl);
    if (changes) return changes;
  }
  return sinceEtags(dav, calendarUrl, ctag, cursor?.kind === "etags" ? cursor : null);
}

async function sinceToken(
  dav: Dav,
  calendarUrl: string,
  cursor: Cursor & { kind: "token" },
): Promise<Changes | null> {
  const sync = await findSync(dav, calendarUrl, cursor.token);
  if (!sync) return null;
  const { changed, gone, unreadable, token } = sync;
  const atLeast = Math.max(0, cursor.atLeast - gone.length);
  const changes = { isReset: false, changed, gone, unreadable, cursor: { ...cursor, token, atLeast } };
  if (changed.length === 0 || changed.length < atLeast) return changes;
  const listing = await listObjects(dav, calendarUrl);
  const isReset = namesEverything([...changed, ...unreadable.map(({ id }) => id)], listing);
  return { ...changes, isReset, cursor: { ...changes.cursor, atLeast: listing.size } };
}

/**
 * DAViCal takes a token it does not know for none: it lists everything and no deletions. An answer that names as
 * many objects as there are at least could be that; then a listing tells. Costs no more than the answer did.
 */
function namesEverything(named: string[], listing: Listing): boolean {
  const names = new Set(named);
  return [...listing.keys()].every((url) => names.has(url));
}

/** Null where the server advertises sync-collection but does not manage it; Nextcloud's limit on it is 507. */
async function fromEmptyToken(dav: Dav, calendarUrl: string): Promise<Changes | null> {
  const sync = await findSync(dav, calendarUrl, "");
  if (!sync) return null;
  const { changed, unreadable, token } = sync;
  const isEmpty = changed.length === 0 && unreadable.length === 0;
  const urls = isEmpty ? [...(await listObjects(dav, calendarUrl)).keys()] : changed;
  const atLeast = urls.length + unreadable.length;
  return {
    isReset: true,
    changed: urls,
    gone: [],
    unreadable,
    cursor: { version: 1, kind: "token", token, atLeast },
  };
}

/** Without sync tokens: the CTag says whether anything changed, the ETags say what. */
async function sinceEtags(
  dav: Dav,
  calendarUrl: string,
  ctag: string | null,
  cursor: (Cursor & { kind: "etags" }) | null,
): Promise<Changes> {
  const nothing = { isReset: false, changed: [], gone: [], unreadable: [] };
  if (cursor && ctag !== null && ctag === cursor.ctag) return { ...nothing, cursor };
  const listing = await listObjectsSurely(dav, calendarUrl);
  const etags: Record<string, string | null> = {};
  for (const [url, etag] of listing) etags[url.slice(calendarUrl.length)] = etag;
  const next: Cursor = { version: 1, kind: "etags", ctag, etags };
  if (!cursor) return { ...nothing, isReset: true, changed: [...listing.keys()], cursor: next };

  const isSame = (name: string) =>
    Object.hasOwn(etags, name) &&
    Object.hasOwn(cursor.etags, name) &&
    etags[name] !== null &&
    etags[name] === cursor.etags[name];
  const changed = Object.keys(etags).filter((name) => !isSame(name));
  const gone = Object.keys(cursor.etags).filter((name) => !Object.hasOwn(etags, name));
  const toUrl = (name: string) => calendarUrl + name;
  return { ...nothing, changed: changed.map(toUrl), gone: gone.map(toUrl), cursor: next };
}
