const prefix = "https://www.googleapis.com/auth/";

/** As Google names them in its answers: `email` comes back as `userinfo.email`. */
export function canonicalScope(scope: string): string {
  if (scope === "email" || scope === "profile") return `${prefix}userinfo.${scope}`;
  return scope;
}

export function splitScopes(text: string): string[] {
  return [...new Set(text.split(/\s+/).filter(Boolean).map(canonicalScope))];
}

const calendarScopes = (...names: string[]) => names.map((name) => `${prefix}${name}`);

/** Any one of them opens the door. */
export const accepted = {
  calendarList: calendarScopes(
    "calendar",
    "calendar.readonly",
    "calendar.calendarlist",
    "calendar.calendarlist.readonly",
  ),
  readEvents: calendarScopes(
    "calendar",
    "calendar.readonly",
    "calendar.events",
    "calendar.events.readonly",
    "calendar.events.owned",
    "calendar.events.owned.readonly",
  ),
  writeEvents: calendarScopes("calendar", "calendar.events", "calendar.events.owned"),
  freeBusy: calendarScopes("calendar", "calendar.readonly", "calendar.freebusy", "calendar.events.freebusy"),
  channels: calendarScopes(
    "calendar",
    "calendar.readonly",
    "calendar.events",
    "calendar.events.readonly",
    "calendar.events.owned",
    "calendar.events.owned.readonly",
    "calendar.calendarlist",
    "calendar.calendarlist.readonly",
  ),
};

const known = new Set([
  "openid",
  ...calendarScopes("userinfo.email", "userinfo.profile"),
  ...Object.values(accepted).flat(),
]);

export function unknownScopes(scopes: string[]): string[] {
  return scopes.filter((scope) => !known.has(scope));
}

/** What the consent page lets a person untick; who someone is comes with signing in. */
export function isOptional(scope: string): boolean {
  return scope !== "openid" && !scope.includes("userinfo.");
}
