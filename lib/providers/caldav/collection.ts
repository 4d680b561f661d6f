import { AppError } from "@/lib/errors";
import { canonicalUrl } from "./address";
import { isCalendar } from "./calendars";
import { type Dav, megabyte } from "./dav";
import { strongEtag } from "./etag";
import { allOf, childOf, notCaldav, type Row, textOf } from "./multistatus";
import { propfind } from "./requests";

export type CollectionState = { ctag: string | null; hasSync: boolean };

/** ETags by the object's id; null where the server gives none. */
export type Listing = Map<string, string | null>;

/** @throws AppError not_found when the calendar is gone, which servers say in five different ways */
export async function getCollection(dav: Dav, calendarUrl: string): Promise<CollectionState> {
  const properties = ["resourcetype", "s:getctag", "sync-token", "supported-report-set"];
  const { rows } = await dav.multistatus(propfind(calendarUrl, "0", properties));
  const self = rows[0];
  if (!self) throw notCaldav(calendarUrl);
  // Xandikos answers 207 for a calendar that is gone, and the 404 is inside.
  if (self.status === 404 || self.status === 410 || !isCalendar(self)) throw gone();
  const reports = allOf(childOf(self.props.supportedReportSet, "supportedReport"));
  const names = reports.map((report) => childOf(childOf(report, "report"), "syncCollection"));
  const hasSync = names.some((name) => name !== undefined) || textOf(self.props.syncToken) !== null;
  return { ctag: textOf(self.props.getctag), hasSync };
}

/**
 * Every object with its ETag.
 * @throws AppError unavailable for a list that does not even name the calendar itself (RFC 4918 §9.1): an empty
 * answer must not pass for an empty calendar
 */
export async function listObjects(dav: Dav, calendarUrl: string): Promise<Listing> {
  const request = propfind(calendarUrl, "1", ["resourcetype", "getetag"]);
  const { rows } = await dav.multistatus({ ...request, maxBytes: 32 * megabyte });
  const objects = rows.filter((row) => !isSelf(row, calendarUrl) && !isFolder(row));
  const failed = objects.find(({ status }) => status >= 400);
  if (failed || (objects.length === 0 && !rows.some((row) => isSelf(row, calendarUrl)))) {
    throw new AppError("unavailable", `${new URL(calendarUrl).hostname} could not list the whole calendar.`);
  }
  return new Map(objects.map(({ url, props }) => [url, strongEtag(textOf(props.getetag))]));
}

/** An empty list is believed when it is given twice. */
export async function listObjectsSurely(dav: Dav, calendarUrl: string): Promise<Listing> {
  const listing = await listObjects(dav, calendarUrl);
  return listing.size > 0 ? listing : listObjects(dav, calendarUrl);
}

export function isSelf({ url }: Row, calendarUrl: string): boolean {
  return withoutSlash(url) === withoutSlash(canonicalUrl(calendarUrl));
}

export function isFolder({ url, props }: Row): boolean {
  return url.endsWith("/") || childOf(props.resourcetype, "collection") !== undefined;
}

export function gone(): AppError {
  return new AppError("not_found", "This calendar does not exist any more.");
}

const withoutSlash = (url: string) => url.replace(/\/$/, "");
