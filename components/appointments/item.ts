import type { Route } from "next";
import type { ProjectKind } from "@/lib/projects/schema";
import type { StoredTime } from "@/lib/providers/recurrence";

/** One occurrence on the calendar, as /api/v1/appointments tells it. */
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

export const idOf = ({
  appointmentId,
  occurrenceKey,
}: Pick<CalendarItem, "appointmentId" | "occurrenceKey">) => `${appointmentId}/${occurrenceKey}`;

/** Where a booking is looked at and changed. */
export const bookingHref = ({ time }: Pick<CalendarItem, "time">): Route =>
  time.kind === "timed" && Date.parse(time.endsAt) < Date.now() ? "/bookings?period=past" : "/bookings";
