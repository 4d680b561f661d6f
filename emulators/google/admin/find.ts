import type { Google } from "../google";
import type { Calendar, User } from "../state";

/** @throws Error, for whoever plays has mistyped */
export function getUser(google: Google, email: string): User {
  const user = google.state.users.get(email);
  if (!user) throw new Error(`There is no user ${email}.`);
  return user;
}

export function getCalendar(google: Google, id: string): Calendar {
  const calendar = google.state.calendars.get(id);
  if (!calendar) throw new Error(`There is no calendar ${id}.`);
  return calendar;
}
