import type { Authorized } from "./access";
import { deleteEvent } from "./calendar/delete-event";
import { freeBusy } from "./calendar/free-busy";
import { importEvent, insertEvent } from "./calendar/insert-event";
import { listCalendars, readCalendar } from "./calendar/list-calendars";
import { listEvents } from "./calendar/list-events";
import { listInstances } from "./calendar/list-instances";
import { moveEvent } from "./calendar/move-event";
import { readEvent } from "./calendar/read-event";
import { patchEvent, updateEvent } from "./calendar/update-event";
import { stopChannel } from "./channels/stop";
import { watchCalendarList, watchEvents } from "./channels/watch";
import type { Google } from "./google";
import { type Call, matchPath, type Reply } from "./http";
import { authorize, consent } from "./oauth/authorize";
import { discovery } from "./oauth/discovery";
import { certs } from "./oauth/id-token";
import { revoke } from "./oauth/revoke";
import { accepted } from "./oauth/scopes";
import { token } from "./oauth/token";
import { tokeninfo, userinfo } from "./oauth/userinfo";

type Answer = Reply | Promise<Reply>;
type Open = { name: string; method: string; path: string; answer: (google: Google, call: Call) => Answer };
type Guarded = {
  name: string;
  method: string;
  path: string;
  scopes: string[];
  /** What it costs of the quota. */
  units?: number;
  guarded: (google: Google, call: Authorized) => Answer;
};
export type Route = Open | Guarded;

const events = "/calendar/v3/calendars/:calendarId/events";
const list = "/calendar/v3/users/me/calendarList";
const { readEvents, writeEvents } = accepted;

/** The paths of all of Google's hosts, on one origin. `name` is what faults and the log call them. */
const routes: Route[] = [
  { name: "oauth.authorize", method: "GET", path: "/o/oauth2/v2/auth", answer: authorize },
  { name: "oauth.consent", method: "POST", path: "/o/oauth2/v2/auth/consent", answer: consent },
  { name: "oauth.token", method: "POST", path: "/token", answer: token },
  { name: "oauth.revoke", method: "POST", path: "/revoke", answer: revoke },
  { name: "oauth.tokeninfo", method: "GET", path: "/tokeninfo", answer: tokeninfo },
  { name: "oauth.tokeninfo", method: "POST", path: "/tokeninfo", answer: tokeninfo },
  { name: "oauth.tokeninfo", method: "GET", path: "/oauth2/v1/tokeninfo", answer: tokeninfo },
  { name: "oauth.userinfo", method: "GET", path: "/v1/userinfo", answer: userinfo },
  { name: "oauth.userinfo", method: "GET", path: "/oauth2/v2/userinfo", answer: userinfo },
  { name: "oauth.discovery", method: "GET", path: "/.well-known/openid-configuration", answer: discovery },
  { name: "oauth.certs", method: "GET", path: "/oauth2/v3/certs", answer: certs },
  {
    name: "calendarList.list",
    method: "GET",
    path: list,
    scopes: accepted.calendarList,
    guarded: listCalendars,
  },
  {
    name: "calendarList.watch",
    method: "POST",
    path: `${list}/watch`,
    scopes: accepted.calendarList,
    guarded: watchCalendarList,
  },
  {
    name: "calendarList.get",
    method: "GET",
    path: `${list}/:calendarId`,
    scopes: accepted.calendarList,
    guarded: readCalendar,
  },
  { name: "events.list", method: "GET", path: events, scopes: readEvents, guarded: listEvents },
  { name: "events.insert", method: "POST", path: events, scopes: writeEvents, guarded: insertEvent },
  {
    name: "events.import",
    method: "POST",
    path: `${events}/import`,
    scopes: writeEvents,
    guarded: importEvent,
  },
  { name: "events.watch", method: "POST", path: `${events}/watch`, scopes: readEvents, guarded: watchEvents },
  { name: "events.get", method: "GET", path: `${events}/:eventId`, scopes: readEvents, guarded: readEvent },
  {
    name: "events.update",
    method: "PUT",
    path: `${events}/:eventId`,
    scopes: writeEvents,
    guarded: updateEvent,
  },
  {
    name: "events.patch",
    method: "PATCH",
    path: `${events}/:eventId`,
    scopes: writeEvents,
    units: 3,
    guarded: patchEvent,
  },
  {
    name: "events.delete",
    method: "DELETE",
    path: `${events}/:eventId`,
    scopes: writeEvents,
    guarded: deleteEvent,
  },
  {
    name: "events.instances",
    method: "GET",
    path: `${events}/:eventId/instances`,
    scopes: readEvents,
    guarded: listInstances,
  },
  {
    name: "events.move",
    method: "POST",
    path: `${events}/:eventId/move`,
    scopes: writeEvents,
    guarded: moveEvent,
  },
  {
    name: "freebusy.query",
    method: "POST",
    path: "/calendar/v3/freeBusy",
    scopes: accepted.freeBusy,
    guarded: freeBusy,
  },
  {
    name: "channels.stop",
    method: "POST",
    path: "/calendar/v3/channels/stop",
    scopes: accepted.channels,
    guarded: stopChannel,
  },
];

export function findRoute(
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | null {
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path, path) : null;
    if (params) return { route, params };
  }
  return null;
}
