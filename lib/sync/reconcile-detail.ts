import { z } from "zod";
import { storedRecurrence } from "@/lib/providers/recurrence";
import type { Refusal } from "./reconcile-plan";

const time = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("timed"), startsAt: z.iso.datetime(), endsAt: z.iso.datetime() }),
  z.object({ kind: z.literal("allDay"), startDay: z.string(), endDay: z.string() }),
]);

const refusals = [
  "not_allowed",
  "booking",
  "past",
  "all_day",
  "repeats",
  "rule",
  "no_length",
  "bulk",
  "astray",
] as const satisfies Refusal[];

/** A version that did not stand: `here` it was Calends', in the `calendar` the host's. `says` null: it was deleted. */
const lost = z.object({
  side: z.enum(["here", "calendar"]),
  says: z
    .object({
      title: z.string(),
      description: z.string().nullable(),
      location: z.string().nullable(),
      time,
      /** Of what repeats. */
      recurrence: storedRecurrence.optional(),
      timeZone: z.string().nullable().optional(),
    })
    .nullable(),
});

/** What a `reconcile` row of the sync log keeps in `detail`. */
export const reconcileDetail = z.object({
  /** Of the booking or appointment, as it was before. */
  title: z.string(),
  bookingId: z.uuid().nullable(),
  projectId: z.uuid().nullable().optional(),
  /** The copy was gone. */
  isDeleted: z.boolean().optional(),
  /**
   * `unchanged`: the copy says what we say. `delivered`: ours was written, theirs had not changed. `followed`: what the
   * calendar says is ours now. `cancelled`: it was deleted there. `kept`: ours was newer. `put_back`: theirs cannot be.
   * `over`: nothing, since the meeting is. `removed`: the copy was to go, and did.
   */
  outcome: z.enum(["unchanged", "delivered", "followed", "cancelled", "kept", "put_back", "over", "removed"]),
  because: z.enum(refusals).nullable(),
  /** It was found in another calendar. */
  isElsewhere: z.boolean(),
  lost: lost.nullable(),
});
export type ReconcileDetail = z.infer<typeof reconcileDetail>;

/** One sentence for the host; null for what is no detail of ours. */
export function describeReconcile(detail: unknown): string | null {
  const parsed = reconcileDetail.safeParse(detail);
  return parsed.success ? sentenceFor(parsed.data) : null;
}

function sentenceFor(detail: ReconcileDetail): string {
  const { outcome, isElsewhere, isDeleted, lost } = detail;
  const title = `“${detail.title}”`;
  const where = isElsewhere ? "in another of your calendars" : "in your calendar";
  const deed = isDeleted ? "deleted" : "changed";
  switch (outcome) {
    case "unchanged":
      return isElsewhere ? `${title} was moved to another of your calendars.` : `${title} was not changed.`;
    case "delivered":
      return `${title} was brought up to date ${where}.`;
    case "followed":
      return `${title} was changed ${where}, and follows.${lost ? " Our own change was older." : ""}`;
    case "cancelled":
      return `${title} was deleted in your calendar, and is ${detail.bookingId ? "off" : "gone"}.`;
    case "kept":
      return `${title} was ${lost?.says ? "changed" : "deleted"} ${where}; our own change was newer and was written over it.`;
    case "put_back":
      return putBack(title, `${title} was ${deed} ${where} and put back`, detail);
    case "over":
      return `${title} was ${deed} ${where} after it was over, so nothing follows.`;
    case "removed":
      return `${title} was changed ${where} before it was taken away there.`;
  }
}

function putBack(title: string, deed: string, { because, bookingId }: ReconcileDetail): string {
  switch (because) {
    case "bulk":
      return `${title} was gone with most others of its calendar, and was put back. To clear a calendar, switch its binding off.`;
    case "astray":
      return `${title} was moved to another of your calendars. What lies there is yours; it was put back where it belongs.`;
    case "not_allowed":
      return `${deed}: you may look at its project, and not change it.`;
    case "past":
      return `${deed}: that time has passed.`;
    case "all_day":
      return `${deed}: a booking needs a time, not a day.`;
    case "repeats":
      return `${deed}: ${bookingId ? "a booking takes place once" : "it repeats in a way that Calends cannot keep"}.`;
    case "rule":
      return `${deed}: it repeats too often, or in a way that never comes true.`;
    case "no_length":
      return `${deed}: ${bookingId ? "a booking" : "an appointment"} needs a length.`;
    default:
      return `${deed}: another booking holds that time.`;
  }
}
