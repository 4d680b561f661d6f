import { z } from "zod";
import { instant } from "@/lib/booking/schema";
import { dayInput } from "@/lib/day-input";
import { timeZone } from "@/lib/users/schema";

const longestQuestion = 400 * 86_400_000;

/** iCalendar has no fractions of a second. */
const wholeSecond = instant.transform((at) => new Date(Math.floor(at.getTime() / 1000) * 1000));

const timed = z
  .object({ kind: z.literal("timed"), startsAt: wholeSecond, endsAt: wholeSecond })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, {
    path: ["endsAt"],
    error: "The end must come after the start.",
  });
const allDay = z
  .object({
    kind: z.literal("allDay"),
    startDay: dayInput,
    endDay: dayInput.describe("The day after the last one."),
  })
  .refine(({ startDay, endDay }) => startDay < endDay, {
    path: ["endDay"],
    error: "The last day is before the first.",
  });

/** Without control characters, which no calendar takes; lines end in one way. */
const plain = (text: string) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim();
const oneLine = (text: string) => plain(text).replace(/\s*[\n\t]\s*/g, " ");

const text = (most: number) =>
  z
    .string()
    .overwrite(plain)
    .max(most, `Use at most ${most} characters.`)
    .nullable()
    .transform((value) => value || null);

const recurrence = z
  .object({
    rule: z
      .string("Say how it repeats.")
      .trim()
      .min(1, "Say how it repeats.")
      .max(500, "This rule is too long.")
      .describe(
        "The value of an RRULE (RFC 5545): FREQ=WEEKLY;BYDAY=MO. Counted on the clock of `time_zone`.",
      ),
  })
  .nullable();

const fields = z.object({
  title: z
    .string("Give it a title.")
    .overwrite(oneLine)
    .min(1, "Give it a title.")
    .max(200, "Use at most 200 characters."),
  description: text(5000),
  location: text(500),
  projectId: z.uuid("Choose one of your projects.").nullable().describe("Null: personal."),
  time: z.discriminatedUnion("kind", [timed, allDay], "Choose a time."),
  timeZone: timeZone.describe("An IANA time zone."),
  recurrence: recurrence.describe("Null: it takes place once. Else `time` is its first occurrence."),
});

/** A new appointment. What is left out is not there. */
export const appointmentInput = fields.extend({
  description: fields.shape.description.optional().transform((value) => value ?? null),
  location: fields.shape.location.optional().transform((value) => value ?? null),
  projectId: fields.shape.projectId.optional().transform((value) => value ?? null),
  recurrence: fields.shape.recurrence.optional().transform((value) => value ?? null),
});
export type AppointmentInput = z.infer<typeof appointmentInput>;

export const ranges = ["this", "following", "all"] as const;
export type Range = (typeof ranges)[number];

const whichOccurrence = z
  .object({
    key: z.string().max(30).describe("The `occurrence_key` of what was looked at."),
    range: z.enum(ranges, "Choose which occurrences.").describe("This one, this and those after, or all."),
  })
  .optional()
  .describe("Of what repeats. Then `time` is the time of that occurrence. Left out: the series itself.");

const revision = z
  .int("Say which revision you had.")
  .positive("Say which revision you had.")
  .describe("Of the appointment as it was read; another one in between is 409.");

/** A change of what is named, and of nothing else. */
export const appointmentChange = fields.partial().extend({ revision, occurrence: whichOccurrence });
export type AppointmentChange = z.infer<typeof appointmentChange>;
/** What is to be different; the time is that of the occurrence somebody had before them. */
export type Patch = Omit<AppointmentChange, "revision" | "occurrence">;

export const appointmentRemoval = z.object({ revision, occurrence: whichOccurrence });

/** What `GET /api/v1/appointments` is asked. */
export const occurrencesQuery = z
  .object({
    from: instant.describe("What ends after this instant …"),
    to: instant.describe("… and begins before this one; at most 400 days later."),
    timeZone: timeZone.optional().describe("Whose days all-day ones take place on; unset: your own."),
  })
  .refine(({ from, to }) => from < to, { path: ["to"], error: "This must be after `from`." })
  .refine(({ from, to }) => to.getTime() - from.getTime() <= longestQuestion, {
    path: ["to"],
    error: "Ask for at most 400 days at a time.",
  });

const occurrenceKey = z.string().max(30).optional();

/** What `GET /api/v1/appointments/{id}` is asked. */
export const occurrenceQuery = z.object({
  occurrence: occurrenceKey.describe("An `occurrence_key`: the answer is what that occurrence says."),
});

/** And `DELETE`, which has no body. */
export const removalQuery = z
  .object({
    revision: z
      .string("Say which revision you had.")
      .regex(/^[1-9]\d{0,8}$/, "Say which revision you had.")
      .transform(Number)
      .describe("Of the appointment as it was read; another one in between is 409."),
    occurrence: occurrenceKey.describe("Of what repeats: the `occurrence_key` of what was looked at."),
    range: z.enum(ranges, "Choose which occurrences.").optional().describe("Goes with `occurrence`."),
  })
  .refine(({ occurrence, range }) => (occurrence === undefined) === (range === undefined), {
    path: ["range"],
    error: "Name an occurrence together with a range.",
  });
