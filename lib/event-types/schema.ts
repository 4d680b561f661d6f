import { z } from "zod";
import { type Day, daysBetween, formatLength } from "@/lib/time";
import {
  count,
  locationKinds,
  mistakeOfLocation,
  optionalCount,
  optionalDay,
  question,
  slug,
  text,
  tick,
} from "./fields";

/** `Größe & Ablauf` → `grosse-ablauf`; empty when nothing in the text can stand in an address. */
export function slugOf(text: string, maxLength = 60): string {
  return text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, "");
}

/** Each keeps 3:1 against the light and the dark page. */
export const palette = [
  { color: "#0e8a8c", name: "Teal" },
  { color: "#3d7cdb", name: "Blue" },
  { color: "#8a63d2", name: "Violet" },
  { color: "#c9508f", name: "Pink" },
  { color: "#d25249", name: "Red" },
  { color: "#b96d1b", name: "Orange" },
  { color: "#43904f", name: "Green" },
  { color: "#74808a", name: "Grey" },
] as const;

const dayMinutes = 1440;
const duration = count("Duration", 5, dayMinutes);

/** What a host says about an event type. All lengths are minutes. */
export const eventTypeForm = z.object({
  title: z.string().trim().min(1, "Give it a title.").max(120, "Use at most 120 characters."),
  slug: slug(60),
  description: text(2000),
  color: z
    .enum(palette.map(({ color }) => color))
    .nullable()
    .default(null),
  /** Left out: the host's default schedule. */
  scheduleId: z.uuid("Choose one of your schedules.").optional(),
  locationKind: z.enum(locationKinds).default("other"),
  location: text(300),
  durationMinutes: duration,
  otherDurations: z.array(duration).max(9, "Offer at most ten durations.").default([]),
  slotIntervalMinutes: count("Interval", 5, dayMinutes),
  bufferBeforeMinutes: count("Buffer", 0, dayMinutes),
  bufferAfterMinutes: count("Buffer", 0, dayMinutes),
  minimumNoticeMinutes: count("Notice", 0, 365 * dayMinutes),
  bookingWindowKind: z.enum(["rolling_days", "business_days", "date_range"]).default("rolling_days"),
  bookingWindowDays: count("Window", 1, 500),
  windowFirstDay: optionalDay,
  windowLastDay: optionalDay,
  dailyLimit: optionalCount("Bookings a day", 1, 1000),
  weeklyLimit: optionalCount("Bookings a week", 1, 1000),
  dailyMinutesLimit: optionalCount("Minutes a day", 1, dayMinutes),
  requiresApproval: tick,
  isHidden: tick,
  questions: z
    .array(question)
    .max(10, "Ask at most ten questions.")
    .refine(haveOwnIds, "A question is there twice.")
    .default([]),
  reminderMinutes: z
    .array(count("Reminder", 1, 28 * dayMinutes))
    .max(5, "Send at most five reminders.")
    .default([1440, 60]),
});
export type EventTypeForm = z.infer<typeof eventTypeForm>;

/** What an event type must fit: the host's schedules, and the addresses their other event types have. */
export type Surroundings = {
  schedules: {
    id: string;
    name: string;
    isDefault: boolean;
    /** The date it is now in the schedule's zone. */
    today: Day;
    longestWindowMinutes: number;
  }[];
  takenSlugs: string[];
};

/**
 * Something about one field. `incomplete` and `impossible` keep it from being saved; the first is no news to
 * somebody still typing, the second is said at once. A `hint` is odd, and harmless.
 */
export type Problem = { field: string; message: string; tone: "incomplete" | "impossible" | "hint" };

/**
 * Everything wrong or odd about what was typed so far. Fields are judged one by one, so that a title still missing
 * does not keep quiet that the lengths contradict each other.
 */
export function checkEventType(input: Record<string, unknown>, surroundings: Surroundings): Problem[] {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, schema] of Object.entries(eventTypeForm.shape)) {
    const result = schema.safeParse(input[name]);
    if (result.success) values[name] = result.data;
    else
      for (const { path, message } of result.error.issues)
        problems.push({ field: [name, ...path].join("."), message, tone: "incomplete" });
  }
  return [...problems, ...findContradictions(values, surroundings)];
}

/** Settings that cannot go together, or hardly; those still missing or wrong by themselves are left out. */
export function findContradictions(values: Partial<EventTypeForm>, surroundings: Surroundings): Problem[] {
  const { schedules, takenSlugs } = surroundings;
  const schedule = schedules.find(({ id, isDefault }) =>
    values.scheduleId ? id === values.scheduleId : isDefault,
  );
  return [
    ...aboutAddress(values, takenSlugs),
    ...aboutLocation(values),
    ...aboutDurations(values),
    ...(schedule ? [...aboutHours(values, schedule), ...aboutWindow(values, schedule.today)] : []),
    ...aboutLimits(values),
    ...aboutReminders(values),
  ];
}

type Values = Partial<EventTypeForm>;
type Schedule = Surroundings["schedules"][number];

const impossible = (field: string, message: string): Problem => ({ field, message, tone: "impossible" });
const hint = (field: string, message: string): Problem => ({ field, message, tone: "hint" });

function aboutAddress({ slug }: Values, takenSlugs: string[]): Problem[] {
  if (slug === undefined || !takenSlugs.includes(slug)) return [];
  return [impossible("slug", "Another of your event types has this address.")];
}

function aboutLocation({ locationKind, location }: Values): Problem[] {
  if (locationKind === undefined || location === undefined) return [];
  const message = mistakeOfLocation(locationKind, location);
  return message ? [{ field: "location", message, tone: "incomplete" }] : [];
}

function aboutDurations(values: Values): Problem[] {
  return durationsOf(values).flatMap(({ field, minutes }, index, all) =>
    all.slice(0, index).some((earlier) => earlier.minutes === minutes)
      ? [impossible(field, "This duration is there twice.")]
      : [],
  );
}

function aboutHours(values: Values, { name, longestWindowMinutes }: Schedule): Problem[] {
  if (longestWindowMinutes === 0)
    return [hint("scheduleId", `${name} has no hours yet, so nothing can be booked.`)];
  const longest = formatLength(longestWindowMinutes);
  return durationsOf(values)
    .filter(({ minutes }) => minutes > longestWindowMinutes)
    .map(({ field }) =>
      impossible(field, `${name} is open for ${longest} at most, so this could never be booked.`),
    );
}

function aboutWindow(values: Values, today: Day): Problem[] {
  const { minimumNoticeMinutes: notice, bookingWindowKind, bookingWindowDays: days } = values;
  if (bookingWindowKind === "date_range") return aboutDates(values, today);
  if (notice === undefined || days === undefined) return [];
  if (bookingWindowKind === "rolling_days")
    return notice >= days * dayMinutes ? [impossible("minimumNoticeMinutes", noticeTooLong)] : [];
  // Business days span most when a weekend comes as early and as often as it can.
  if (notice >= (days + 2 * Math.ceil(days / 5)) * dayMinutes)
    return [impossible("minimumNoticeMinutes", noticeTooLong)];
  if (notice >= days * dayMinutes)
    return [hint("minimumNoticeMinutes", "On most days the notice leaves nothing of the booking window.")];
  return [];
}

const noticeTooLong = "The notice is as long as the booking window, so nothing could ever be booked.";

function aboutDates({ windowFirstDay, windowLastDay, minimumNoticeMinutes }: Values, today: Day): Problem[] {
  const problems: Problem[] = [];
  if (windowFirstDay === null)
    problems.push({ field: "windowFirstDay", message: "Choose the first day.", tone: "incomplete" });
  if (windowLastDay === null)
    problems.push({ field: "windowLastDay", message: "Choose the last day.", tone: "incomplete" });
  if (!windowLastDay) return problems;
  if (windowLastDay < today)
    return [
      ...problems,
      impossible("windowLastDay", "This day is over, so nothing could be booked any more."),
    ];
  if (windowFirstDay && windowLastDay < windowFirstDay)
    return [...problems, impossible("windowLastDay", "The last day is before the first.")];
  if ((minimumNoticeMinutes ?? 0) >= (daysBetween(today, windowLastDay) + 1) * dayMinutes)
    problems.push(
      impossible(
        "minimumNoticeMinutes",
        "The notice goes beyond the last day, so nothing can be booked any more.",
      ),
    );
  return problems;
}

function aboutLimits(values: Values): Problem[] {
  const { dailyLimit, weeklyLimit, dailyMinutesLimit } = values;
  const problems: Problem[] = [];
  const lengths = durationsOf(values).map(({ minutes }) => minutes);
  if (dailyMinutesLimit && lengths.length > 0) {
    if (dailyMinutesLimit < Math.min(...lengths))
      problems.push(impossible("dailyMinutesLimit", "Even the shortest meeting is longer than this."));
    else if (dailyMinutesLimit < Math.max(...lengths))
      problems.push(hint("dailyMinutesLimit", "The longest duration does not fit, so it is never offered."));
  }
  if (dailyLimit && weeklyLimit && weeklyLimit < dailyLimit)
    problems.push(hint("weeklyLimit", "This is less than you allow on a single day."));
  return problems;
}

function aboutReminders({ reminderMinutes = [], bookingWindowKind, bookingWindowDays }: Values): Problem[] {
  return reminderMinutes.flatMap((minutes, index) => {
    const field = `reminderMinutes.${index}`;
    if (reminderMinutes.indexOf(minutes) < index) return [impossible(field, "This reminder is there twice.")];
    if (
      bookingWindowKind === "rolling_days" &&
      bookingWindowDays &&
      minutes >= (bookingWindowDays + 1) * dayMinutes
    )
      return [hint(field, "Nothing can be booked that long ahead, so it is never sent.")];
    return [];
  });
}

function durationsOf({ durationMinutes, otherDurations = [] }: Values) {
  return [
    ...(durationMinutes === undefined ? [] : [{ field: "durationMinutes", minutes: durationMinutes }]),
    ...otherDurations.map((minutes, index) => ({ field: `otherDurations.${index}`, minutes })),
  ];
}

function haveOwnIds(questions: { id?: string | undefined }[]): boolean {
  const ids = questions.flatMap(({ id }) => id ?? []);
  return new Set(ids).size === ids.length;
}
