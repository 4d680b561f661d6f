import { and, eq, gt, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointments, projects } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { expandRecurrence } from "@/lib/ical/expand-recurrence";
import { getIanaZone } from "@/lib/ical/iana";
import { toInstant } from "@/lib/ical/zone";
import type { OccurrenceTime } from "@/lib/providers/provider";
import { isThere } from "./get";
import {
  type Appointment,
  type FoundAppointment,
  type ProjectOfAppointment,
  selectAppointments,
  toAppointment,
} from "./view";

/** One occurrence of something the viewer sees, for a calendar page. */
export type CalendarItem = {
  appointmentId: string;
  /** Names it within what repeats; "" for what takes place once. */
  occurrenceKey: string;
  bookingId: string | null;
  title: string;
  location: string | null;
  time: OccurrenceTime;
  timeZone: string;
  /** Null: personal. */
  project: ProjectOfAppointment | null;
  isRecurring: boolean;
  isEditable: boolean;
  revision: number;
  ownerId: string;
  isMine: boolean;
};

type Span = { from: Date; to: Date };
// Days take place in the zone of whoever looks, which is a day from any other at most.
const slack = 2 * 86_400_000;

/** All that touches the span, days as those of `timeZone`, by start. */
export async function listOccurrences(viewer: Viewer, span: Span, timeZone: string): Promise<CalendarItem[]> {
  const found = await asViewer(viewer, async (tx) => [
    ...(await findPersonal(tx, viewer, span)),
    ...(await findOnProjects(tx, span)),
  ]);
  return found
    .flatMap((each) => itemsOf(toAppointment(viewer, each), span, timeZone))
    .map((item) => ({ item, start: startOf(item.time, timeZone) }))
    .sort((a, b) => a.start - b.start)
    .map(({ item }) => item);
}

// Said by column and in two queries, since the policy alone would look at every row there is.
const findPersonal = (tx: Transaction, { userId }: Viewer, span: Span): Promise<FoundAppointment[]> =>
  selectAppointments(tx).where(
    and(eq(appointments.ownerId, userId), isNull(appointments.projectId), mayTouch(span), isThere),
  );

const findOnProjects = (tx: Transaction, span: Span): Promise<FoundAppointment[]> =>
  selectAppointments(tx).where(
    and(
      sql`${appointments.projectId} = any (array(select id from projects))`,
      isNotNull(projects.id),
      mayTouch(span),
    ),
  );

/** One occurrence of what repeats may have been moved before the first. */
function mayTouch({ from, to }: Span) {
  return and(
    or(isNull(appointments.lastEndsAt), gt(appointments.lastEndsAt, new Date(from.getTime() - slack))),
    or(isNotNull(appointments.recurrence), lt(appointments.startsAt, new Date(to.getTime() + slack))),
  );
}

function itemsOf(appointment: Appointment, span: Span, timeZone: string): CalendarItem[] {
  const { id, bookingId, title, location, time, project, recurrence, isEditable, revision, ownerId, isMine } =
    appointment;
  const item = {
    ...{
      appointmentId: id,
      occurrenceKey: "",
      bookingId,
      title,
      location,
      time,
      timeZone: appointment.timeZone,
    },
    ...{ project, isRecurring: recurrence !== null, isEditable, revision, ownerId, isMine },
  };
  if (!recurrence) return touches(time, span, timeZone) ? [item] : [];
  const exceptions = new Map(recurrence.exceptions.map(({ key, says }) => [key, says]));
  const window = { start: span.from, end: span.to, timeZone };
  return expandRecurrence({ ...appointment, recurrence }, window).map(({ key, time }) => {
    const says = exceptions.get(key);
    return { ...item, occurrenceKey: key, time, ...(says && { title: says.title, location: says.location }) };
  });
}

function touches(time: OccurrenceTime, { from, to }: Span, timeZone: string): boolean {
  return startOf(time, timeZone) < to.getTime() && endOf(time, timeZone) > from.getTime();
}

const startOf = (time: OccurrenceTime, timeZone: string) =>
  time.kind === "timed" ? time.startsAt.getTime() : midnight(time.startDay, timeZone);
const endOf = (time: OccurrenceTime, timeZone: string) =>
  time.kind === "timed" ? time.endsAt.getTime() : midnight(time.endDay, timeZone);
const midnight = (day: string, timeZone: string) => toInstant(getIanaZone(timeZone), Date.parse(day));
