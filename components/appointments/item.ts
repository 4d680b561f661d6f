import type { Route } from "next";
import type { ProjectKind } from "@/lib/projects/schema";
import type { StoredTime } from "@/lib/providers/recurrence";
import { type ToldTime, timeOfTold } from "./told-time";

/** One occurrence on the calendar. */
export type CalendarItem = {
  appointmentId: string;
  /** Which one of what repeats; "" when it takes place once. */
  occurrenceKey: string;
  bookingId: string | null;
  title: string;
  location: string | null;
  time: StoredTime;
  timeZone: string;
  project: { id: string; name: string; color: string; kind: ProjectKind } | null;
  isRecurring: boolean;
  isEditable: boolean;
  revision: number;
  ownerId: string;
  isMine: boolean;
};

/** What an item comes from: what it is coloured by, and can be hidden with. */
export type Source = { key: string; name: string; color: string };

/** The same as /api/v1/appointments tells it. */
export type Told = Pick<CalendarItem, "title" | "location" | "project" | "revision"> & {
  appointment_id: string;
  occurrence_key: string;
  booking_id: string | null;
  time: ToldTime;
  time_zone: string;
  is_recurring: boolean;
  is_editable: boolean;
  owner_id: string;
  is_mine: boolean;
};

export const itemOf = ({ title, location, project, revision, time, ...told }: Told): CalendarItem => ({
  ...{ title, location, project, revision },
  appointmentId: told.appointment_id,
  occurrenceKey: told.occurrence_key,
  bookingId: told.booking_id,
  time: timeOfTold(time),
  timeZone: told.time_zone,
  isRecurring: told.is_recurring,
  isEditable: told.is_editable,
  ownerId: told.owner_id,
  isMine: told.is_mine,
});

export const idOf = ({
  appointmentId,
  occurrenceKey,
}: Pick<CalendarItem, "appointmentId" | "occurrenceKey">) => `${appointmentId}/${occurrenceKey}`;

/** Where a booking is looked at and changed. */
export const bookingHref = ({ time }: Pick<CalendarItem, "time">): Route =>
  time.kind === "timed" && Date.parse(time.endsAt) < Date.now() ? "/bookings?period=past" : "/bookings";
