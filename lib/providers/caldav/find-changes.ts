import { getCollection, type Listing, listObjects, listObjectsSurely } from "./collection";
import { type Cursor, type EtagCursor, fingerprintsOf, hasSeen, type TokenCursor } from "./cursor";
import type { Dav } from "./dav";
import { findSync, type Sync } from "./sync-collection";

export type Changes = {
  /** Everything there is stands in `changed`. */
  isReset: boolean;
  changed: Listing;
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
  const known = cursor?.kind === "etags" ? cursor : null;
  if (known && ctag !== null && ctag === known.ctag) return { ...nothing, cursor: known };
  if (hasSync) {
    const changes = await fromEmptyToken(dav, calendarUrl);
    if (changes) return changes;
  }
  return sinceEtags(dav, calendarUrl, ctag, known);
}

const nothing: Omit<Changes, "cursor"> = { isReset: false, changed: new Map(), gone: [], unreadable: [] };

async function sinceToken(dav: Dav, calendarUrl: string, cursor: TokenCursor): Promise<Changes | null> {
  const sync = await findSync(dav, calendarUrl, cursor.token);
  if (!sync) return null;
  const { changed, gone, unreadable, token } = sync;
  const isDoubted = isDoubtful(sync, cursor);
  const listing = isDoubted ? await listObjectsSurely(dav, calendarUrl) : null;
  const seen = cursor.seen + fingerprintsOf(changed).join("");
  const atLeast = listing?.size ?? Math.max(0, cursor.atLeast - gone.length);
  return {
    isReset: listing !== null && namesEverything(sync, listing),
    changed,
    gone,
    unreadable,
    cursor: { ...cursor, token, atLeast, seen },
  };
}

const few = 10;

/**
 * DAViCal takes a token it does not know for none: it lists everything there is, and no deletions. An answer that
 * could be that is checked against a listing: one without deletions that names nothing although the token moved,
 * or names what has not changed, or (nearly) as many objects as there are.
 */
function isDoubtful({ changed, gone, token }: Sync, cursor: TokenCursor): boolean {
  if (token === cursor.token || gone.length > 0) return false;
  return (
    changed.size === 0 || cursor.atLeast <= changed.size + few || hasSeen(cursor, fingerprintsOf(changed))
  );
}

function namesEverything({ changed, unreadable }: Sync, listing: Listing): boolean {
  const refused = new Set(unreadable.map(({ id }) => id));
  return [...listing.keys()].every((url) => changed.has(url) || refused.has(url));
}

/** Null where the server advertises sync-collection but does not manage it; Nextcloud's limit on it is 507. */
async function fromEmptyToken(dav: Dav, calendarUrl: string): Promise<Changes | null> {
  const sync = await findSync(dav, calendarUrl, "");
  if (!sync) return null;
  const { unreadable, token } = sync;
  const isEmpty = sync.changed.size === 0 && unreadable.length === 0;
  const all = isEmpty ? await listObjects(dav, calendarUrl) : sync.changed;
  const atLeast = all.size + unreadable.length;
  const seen = fingerprintsOf(all).join("");
  const cursor = { version: 1, kind: "token", token, atLeast, seen } as const;
  return { ...nothing, isReset: true, changed: all, unreadable, cursor };
}

/** Without sync tokens: the CTag said that something changed, the ETags say what. */
async function sinceEtags(
  dav: Dav,
  calendarUrl: string,
  ctag: string | null,
  cursor: EtagCursor | null,
): Promise<Changes> {
  const listing = await listObjectsSurely(dav, calendarUrl);
  const nameOf = (url: string) => url.slice(calendarUrl.length);
  const etags = Object.fromEntries([...listing].map(([url, etag]) => [nameOf(url), etag]));
  const next: Cursor = { version: 1, kind: "etags", ctag, etags };
  if (!cursor) return { ...nothing, isReset: true, changed: listing, cursor: next };

  const before = new Map(Object.entries(cursor.etags));
  const isSame = ([url, etag]: [string, string | null]) => etag !== null && before.get(nameOf(url)) === etag;
  const changed = new Map([...listing].filter((object) => !isSame(object)));
  const gone = [...before.keys()].map((name) => calendarUrl + name).filter((url) => !listing.has(url));
  return { ...nothing, changed, gone, cursor: next };
}
