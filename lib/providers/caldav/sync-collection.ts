import { AppError } from "@/lib/errors";
import { isFolder, isSelf, type Listing } from "./collection";
import { type Dav, megabyte } from "./dav";
import { strongEtag } from "./etag";
import { type Row, readMultistatus, textOf } from "./multistatus";
import { syncCollection } from "./requests";

export type Sync = {
  /** ETags by the object's id. */
  changed: Listing;
  gone: string[];
  unreadable: { id: string; reason: string }[];
  token: string;
};

const maxPages = 1_000;

/**
 * Asks a server what changed since `token`, page by page where it pages (RFC 6578 §3.6: the calendar itself with
 * 507). Null when it cannot tell from this token: 403, 409, 412, 415, 500 and others are all in use for that.
 */
export async function findSync(dav: Dav, calendarUrl: string, token: string): Promise<Sync | null> {
  const rows = new Map<string, Row>();
  let next = token;
  for (let page = 0; page < maxPages; page += 1) {
    const response = await dav.request({ ...syncCollection(calendarUrl, next), maxBytes: 32 * megabyte });
    if (response.status !== 207) return null;
    const answer = await readMultistatus(response.body.toString(), calendarUrl);
    for (const row of answer.rows) rows.set(row.url, row);
    if (!answer.syncToken) return null;
    const hasMore = answer.rows.some((row) => row.status === 507 && isSelf(row, calendarUrl));
    if (!hasMore) return sortRows([...rows.values()], calendarUrl, answer.syncToken);
    if (answer.syncToken === next) break;
    next = answer.syncToken;
  }
  throw new AppError("unavailable", `${new URL(calendarUrl).hostname} never finishes listing its changes.`);
}

function sortRows(rows: Row[], calendarUrl: string, token: string): Sync {
  const sync: Sync = { changed: new Map(), gone: [], unreadable: [], token };
  for (const row of rows.filter((each) => !isSelf(each, calendarUrl) && !isFolder(each))) {
    const { url, status } = row;
    if (status === 404 || status === 410) sync.gone.push(url);
    else if (status === 403) sync.unreadable.push({ id: url, reason: "The server does not let us read it." });
    else if (status >= 400) throw couldNotList(url, status);
    else sync.changed.set(url, strongEtag(textOf(row.props.getetag)));
  }
  return sync;
}

function couldNotList(url: string, status: number): AppError {
  return new AppError("unavailable", `${new URL(url).hostname} could not list every change (${status}).`);
}
