import { invalid } from "../errors";
import type { Google } from "../google";
import type { Reply } from "../http";
import { random, randomBetween, randomToken } from "../random";
import type { Page } from "../state";
import { nextEtag } from "./store";

const mostListings = 50;

/**
 * The first page of a list that is kept as it was: writes during the paging do not shift it.
 * `key` says whose list it is, so that a page token is good nowhere else.
 */
export function firstPage(google: Google, listing: Page, size: number): Reply {
  const { shortPages, largestPage } = google.state.settings;
  const isWhole = listing.items.length <= Math.min(size, largestPage ?? size);
  if (isWhole && !shortPages) return lastPage(google, listing);
  const id = randomToken(google.state, 16);
  if (google.state.pages.size >= mostListings) {
    const [oldest = ""] = google.state.pages.keys();
    google.state.pages.delete(oldest);
  }
  google.state.pages.set(id, listing);
  return pageAt(google, { id, offset: 0, size });
}

export function nextPage(google: Google, asked: { token: string; key: string; size: number }): Reply {
  const [id = "", offset = ""] = Buffer.from(asked.token, "base64").toString("utf8").split(" ");
  const listing = google.state.pages.get(id);
  if (!listing || listing.key !== asked.key || !/^\d+$/.test(offset)) {
    throw invalid("Invalid page token value.", "pageToken");
  }
  return pageAt(google, { id, offset: Number(offset), size: asked.size });
}

function pageAt(google: Google, { id, offset, size }: { id: string; offset: number; size: number }): Reply {
  const listing = google.state.pages.get(id);
  const { items = [], envelope = {}, nextSyncToken = null } = listing ?? {};
  const end = offset + sizeOf(google, size);
  const isLast = end >= items.length;
  const more = isLast
    ? nextSyncToken && { nextSyncToken }
    : { nextPageToken: writePageToken(google, id, end) };
  return {
    status: 200,
    body: { ...envelope, etag: nextEtag(google), ...more, items: items.slice(offset, end) },
  };
}

/** No two are alike, also where a page held nothing. */
function writePageToken(google: Google, id: string, offset: number): string {
  google.state.counter += 1;
  return Buffer.from(`${id} ${offset} ${google.state.counter}`).toString("base64");
}

function lastPage(google: Google, { envelope, items, nextSyncToken }: Page): Reply {
  const more = nextSyncToken && { nextSyncToken };
  return { status: 200, body: { ...envelope, etag: nextEtag(google), ...more, items } };
}

/** "May be less than this value, or none at all, even if there are more." */
function sizeOf(google: Google, size: number): number {
  const { shortPages, largestPage } = google.state.settings;
  const most = Math.min(size, largestPage ?? size);
  if (!shortPages) return most;
  return random(google.state) < 0.3 ? 0 : randomBetween(google.state, 1, most);
}
