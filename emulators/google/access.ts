import {
  insufficientScopes,
  invalidCredentials,
  loginRequired,
  notFound,
  requiredAccessLevel,
} from "./errors";
import type { Google } from "./google";
import type { Call } from "./http";
import { liveToken } from "./oauth/userinfo";
import { type Calendar, type ListEntry, type Role, roles, type User } from "./state";

/** A request of somebody whose token is good. */
export type Authorized = Call & { user: User; clientId: string };

export function authorizeCall(
  google: Google,
  call: Call,
  wanted: { name: string; scopes: string[] },
): Authorized {
  const header = call.headers.authorization ?? "";
  if (!header) throw loginRequired();
  const access = liveToken(google, header.replace(/^Bearer /i, ""));
  const user = access && google.state.users.get(access.email);
  if (!access || !user) throw invalidCredentials();
  if (!access.scopes.some((scope) => wanted.scopes.includes(scope))) {
    throw insufficientScopes(`calendar.v3.${wanted.name}`);
  }
  return { ...call, user, clientId: access.clientId };
}

/** The calendar of the path and what this user may do there. @throws Refusal 404 for what they cannot see, 403 */
export function openCalendar(
  google: Google,
  call: Authorized,
  least: Role = "freeBusyReader",
): { calendar: Calendar; entry: ListEntry } {
  const found = findCalendar(google, call.user, call.params.calendarId ?? "");
  if (!found) throw notFound();
  if (roles.indexOf(found.entry.role) < roles.indexOf(least)) throw requiredAccessLevel();
  return found;
}

export function findCalendar(
  google: Google,
  user: User,
  id: string,
): { calendar: Calendar; entry: ListEntry } | null {
  const calendar = google.state.calendars.get(id === "primary" ? user.email : id);
  const entry = calendar && user.list.get(calendar.id);
  return calendar && entry && !entry.deleted ? { calendar, entry } : null;
}
