import { AppError } from "@/lib/errors";
import type { RemoteCalendar } from "@/lib/providers/provider";
import { collectionUrl, lastSegment } from "./address";
import type { Dav } from "./dav";
import { allOf, childOf, type Row, textOf } from "./multistatus";
import { propfind } from "./requests";

const properties = [
  "resourcetype",
  "displayname",
  "current-user-privilege-set",
  "c:supported-calendar-component-set",
  "i:calendar-color",
];

/**
 * The calendars of a home that hold events.
 * @throws AppError rather than list less than there is
 */
export async function listCalendarsIn(dav: Dav, homeUrl: string): Promise<RemoteCalendar[]> {
  const { rows } = await dav.multistatus(propfind(homeUrl, "1", properties));
  const failed = rows.find(({ status }) => status >= 500);
  if (failed || rows.length === 0) {
    throw new AppError("unavailable", `${new URL(homeUrl).hostname} could not list all calendars.`);
  }
  return rows.filter(isEventCalendar).map(toCalendar);
}

export function isCalendar({ props }: Row): boolean {
  return childOf(props.resourcetype, "calendar") !== undefined;
}

/** Nextcloud keeps deleted calendars in the list. A missing component set means all (RFC 4791 §5.2.3). */
function isEventCalendar(row: Row): boolean {
  if (!isCalendar(row) || childOf(row.props.resourcetype, "deletedCalendar") !== undefined) return false;
  const components = allOf(childOf(row.props.supportedCalendarComponentSet, "comp"));
  const names = components.map((component) => String(childOf(childOf(component, "_attributes"), "name")));
  return names.length === 0 || names.some((name) => name.toUpperCase() === "VEVENT");
}

function toCalendar({ url, props }: Row): RemoteCalendar {
  return {
    id: collectionUrl(url),
    name: textOf(props.displayname) ?? lastSegment(url),
    color: findColor(textOf(props.calendarColor)),
    isReadOnly: !canWrite(props.currentUserPrivilegeSet),
  };
}

/** Apple writes #RRGGBBAA. */
function findColor(text: string | null): string | null {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?$/i
    .exec(text?.trim() ?? "")?.[1]
    ?.toLowerCase();
  if (!digits) return null;
  return digits.length === 6 ? `#${digits}` : `#${[...digits].map((digit) => digit + digit).join("")}`;
}

const writing = ["all", "write", "writeContent"];

/** RFC 3744 §5.4. A server that does not say is believed to allow it; the first push shows. */
function canWrite(privilegeSet: unknown): boolean {
  const privileges = allOf(childOf(privilegeSet, "privilege"));
  if (privileges.length === 0) return true;
  return privileges.some((privilege) => writing.some((name) => childOf(privilege, name) !== undefined));
}
