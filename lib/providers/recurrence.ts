import { z } from "zod";

/** What one occurrence says instead; `endDay` of a day exclusive, instants as ISO text. */
const storedTime = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("timed"), startsAt: z.iso.datetime(), endsAt: z.iso.datetime() }),
  z.object({ kind: z.literal("allDay"), startDay: z.iso.date(), endDay: z.iso.date() }),
]);

/**
 * How an event repeats: as it is kept and as it is exchanged, plain JSON. Everything is counted on the wall clock of the
 * event's time zone.
 */
export const storedRecurrence = z.object({
  /** The value of one RRULE (RFC 5545 §3.3.10): `FREQ=WEEKLY;BYDAY=MO`. */
  rule: z.string().max(500),
  /**
   * Occurrences that are off (`says` null: EXDATE) or differ, by the key of the occurrence they replace: its original
   * start as a UTC instant (`2026-03-02T09:00:00.000Z`), or its day. In order of the keys, each once.
   */
  exceptions: z
    .array(
      z.object({
        key: z.string().max(30),
        says: z
          .object({
            title: z.string(),
            description: z.string().nullable(),
            location: z.string().nullable(),
            time: storedTime,
          })
          .nullable(),
      }),
    )
    .max(1000),
});

export type StoredTime = z.infer<typeof storedTime>;
export type StoredRecurrence = z.infer<typeof storedRecurrence>;
export type RecurrenceException = StoredRecurrence["exceptions"][number];

/**
 * The rule in one spelling, whatever order and case a server wrote it in; what says nothing (INTERVAL=1, WKST=MO) left
 * out. Equal for the same words alone, not for every two rules with the same occurrences.
 */
export function ruleKey(rule: string): string {
  return rule
    .toUpperCase()
    .split(";")
    .map((part) => part.trim().split("="))
    .filter(
      ([name, value]) =>
        name && value && !(name === "INTERVAL" && value === "1") && !(name === "WKST" && value === "MO"),
    )
    .map(([name, value]) => `${name}=${value?.split(",").sort().join(",")}`)
    .sort()
    .join(";");
}
