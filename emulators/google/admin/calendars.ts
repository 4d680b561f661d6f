import { isZone } from "../calendar/zone";
import { announce, announceList } from "../channels/announce";
import type { GoneReason } from "../errors";
import type { Google } from "../google";
import { randomId } from "../random";
import type { Calendar, ListEntry, Role } from "../state";
import { getCalendar, getUser } from "./find";

type NewCalendar = { id?: string; owner: string; summary: string; timeZone?: string; isPushable?: boolean };
type Share = { calendarId: string; email: string; role: Role };

export function calendarsAdmin(google: Google) {
  return {
    /** Ids with `#holiday@`, `#contacts@` and the like are calendars without push. */
    addCalendar: (calendar: NewCalendar) => {
      const made = addCalendar(google, calendar);
      enlist(google, {
        email: calendar.owner,
        calendarId: made.id,
        role: made.isPushable ? "owner" : "reader",
      });
      return { id: made.id };
    },
    changeCalendar: ({
      calendarId,
      ...change
    }: {
      calendarId: string;
      summary?: string;
      timeZone?: string;
    }) => {
      Object.assign(getCalendar(google, calendarId), change);
      for (const user of google.state.users.values())
        if (user.list.has(calendarId)) touch(google, user.email, calendarId);
    },
    /** For everybody who had it. */
    removeCalendar: ({ calendarId }: { calendarId: string }) => {
      announce(google, { calendarId, resourceState: "not_exists" });
      for (const { email } of google.state.users.values()) hide(google, { email, calendarId });
      google.state.calendars.delete(calendarId);
    },
    /** Also changes the role of one who has it. */
    share: (share: Share) => enlist(google, share),
    unshare: (share: { calendarId: string; email: string }) => hide(google, share),
    hideCalendar: ({
      email,
      calendarId,
      hidden = true,
    }: {
      email: string;
      calendarId: string;
      hidden?: boolean;
    }) => {
      const entry = getUser(google, email).list.get(calendarId);
      if (entry) entry.hidden = hidden;
      touch(google, email, calendarId);
    },
    /** Every sync token there is for this calendar is answered with 410 from now on. */
    expireSyncTokens: ({
      calendarId,
      reason = "fullSyncRequired",
    }: {
      calendarId: string;
      reason?: GoneReason;
    }) => {
      getCalendar(google, calendarId).tokensEnded = { upTo: google.state.counter, reason };
    },
    expireListTokens: ({ email }: { email: string }) => {
      getUser(google, email).listTokensEnded = google.state.counter;
    },
  };
}

export function addCalendar(google: Google, given: NewCalendar): Calendar {
  const {
    id = `c_${randomId(google.state)}@group.calendar.google.com`,
    owner,
    summary,
    timeZone = "UTC",
  } = given;
  if (!isZone(timeZone)) throw new Error(`There is no time zone ${timeZone}.`);
  const isGenerated = /#(holiday|contacts|weather|weeknum|sports)@/.test(id);
  const calendar: Calendar = {
    id,
    owner,
    summary,
    timeZone,
    isPushable: given.isPushable ?? !isGenerated,
    updated: google.clock.now(),
    events: new Map(),
    exceptions: new Map(),
    changes: [],
    tokensEnded: null,
  };
  google.state.calendars.set(id, calendar);
  return calendar;
}

export function enlist(
  google: Google,
  { email, calendarId, role, primary = false }: Share & { primary?: boolean },
): void {
  getCalendar(google, calendarId);
  const user = getUser(google, email);
  const before = user.list.get(calendarId);
  const fresh: ListEntry = {
    calendarId,
    role,
    primary,
    selected: true,
    hidden: false,
    deleted: false,
    backgroundColor: "#9fe1e7",
  };
  user.list.set(calendarId, { ...fresh, ...before, role, deleted: false });
  touch(google, email, calendarId);
}

function hide(google: Google, { email, calendarId }: { email: string; calendarId: string }): void {
  const entry = getUser(google, email).list.get(calendarId);
  if (!entry) return;
  entry.deleted = true;
  touch(google, email, calendarId);
}

function touch(google: Google, email: string, calendarId: string): void {
  getUser(google, email).listChanges.push(calendarId);
  announceList(google, email);
}
