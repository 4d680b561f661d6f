import type {
  appointments,
  appointmentTargets,
  blockedTimes,
  bookings,
  calendarSubscriptions,
  calendars,
  eventTypes,
  localChanges,
  scheduleOverrides,
  scheduleRules,
  schedules,
  syncedEvents,
  users,
} from "@/db/schema";

type User = typeof users.$inferSelect;
type Schedule = typeof schedules.$inferSelect;
type Rule = typeof scheduleRules.$inferSelect;
type Override = typeof scheduleOverrides.$inferSelect;
type BlockedTime = typeof blockedTimes.$inferSelect;
type EventType = typeof eventTypes.$inferSelect;
type Booking = typeof bookings.$inferSelect;
type Appointment = typeof appointments.$inferSelect;
type Calendar = typeof calendars.$inferSelect;
type Subscription = typeof calendarSubscriptions.$inferSelect;
type LocalChange = typeof localChanges.$inferSelect;
type Target = typeof appointmentTargets.$inferSelect;
type Event = typeof syncedEvents.$inferSelect;

/** Every so many days, `count` times or for ever; by number, from 0: those that are off, and those moved by so many hours or days. */
type Repeats = { everyDays: number; count: number | null; off: number[]; moved: Record<number, number> };

/** Everything that decides what is free, of one host, and one question about it. Serves tests only. */
export type World = {
  host: Pick<User, "id" | "timeZone" | "tentativeBlocks" | "maxStalenessMinutes">;
  schedule: Pick<Schedule, "id" | "timeZone">;
  rules: Pick<Rule, "weekday" | "startMinute" | "endMinute">[];
  overrides: Pick<Override, "day" | "startMinute" | "endMinute">[];
  blockedTimes: Pick<
    BlockedTime,
    "timeZone" | "startsAt" | "endsAt" | "weekdays" | "everyWeeks" | "untilDay"
  >[];
  /** The one that is asked about. */
  eventType: Pick<
    EventType,
    | "id"
    | "durationMinutes"
    | "otherDurations"
    | "slotIntervalMinutes"
    | "bufferBeforeMinutes"
    | "bufferAfterMinutes"
    | "minimumNoticeMinutes"
    | "bookingWindowKind"
    | "bookingWindowDays"
    | "windowFirstDay"
    | "windowLastDay"
    | "dailyLimit"
    | "weeklyLimit"
    | "dailyMinutesLimit"
  >;
  otherEventTypeId: string;
  bookings: Pick<
    Booking,
    | "id"
    | "eventTypeId"
    | "startsAt"
    | "endsAt"
    | "bufferBeforeMinutes"
    | "bufferAfterMinutes"
    | "movesToStart"
    | "movesToEnd"
    | "status"
  >[];
  /** What is left out of one is as with a booking's: timed, once, the host's own and personal. */
  appointments: (Pick<Appointment, "id" | "bookingId" | "startsAt" | "endsAt"> &
    Partial<Pick<Appointment, "startDay" | "endDay" | "timeZone">> & {
      repeats?: Repeats | null;
      /** On a project the host sees, or does not see any more. */
      place?: "personal" | "seen" | "unseen";
      /** A colleague's, on the project. */
      isForeign?: boolean;
    })[];
  colleagueId: string;
  projectIds: { root: string; seen: string; unseen: string };
  calendars: (Pick<Calendar, "id" | "checksConflicts" | "allDayBlocks" | "lastSyncedAt" | "windowEnd"> & {
    /** The feed of a subscription. */
    feed?: Pick<Subscription, "refreshMinutes" | "feedMinutes"> | null;
  })[];
  /** Of events of feeds. */
  localChanges?: Pick<LocalChange, "calendarId" | "providerEventId" | "isHidden" | "transparency">[];
  targets: (Pick<Target, "appointmentId" | "calendarId" | "uid" | "remoteId"> &
    Partial<Pick<Target, "removedAt">>)[];
  events: Pick<
    Event,
    | "calendarId"
    | "providerEventId"
    | "occurrenceKey"
    | "uid"
    | "startsAt"
    | "endsAt"
    | "startDay"
    | "endDay"
    | "status"
    | "transparency"
  >[];
  question: { from: Date; to: Date; now: Date; durationMinutes: number | null; except: string | null };
};
