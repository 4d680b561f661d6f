const prefix = "https://www.googleapis.com/auth/";

/** The least that suffices: who it is, the list of calendars, and the events in them. */
export const askedScopes = [
  "openid",
  "email",
  `${prefix}calendar.events`,
  `${prefix}calendar.calendarlist.readonly`,
];

/** In the words of Google's consent page, with the wider permissions that contain them. */
const permissions = [
  {
    name: "View and edit events on all your calendars",
    scopes: ["calendar.events", "calendar"],
  },
  {
    name: "See the list of Google calendars you’re subscribed to",
    scopes: ["calendar.calendarlist.readonly", "calendar.calendarlist", "calendar.readonly", "calendar"],
  },
];

/** What was left unticked of what we cannot do without. */
export function listMissingPermissions(granted: string[]): string[] {
  const isMissing = ({ scopes }: (typeof permissions)[number]) =>
    !scopes.some((scope) => granted.includes(`${prefix}${scope}`));
  return permissions.filter(isMissing).map(({ name }) => name);
}
