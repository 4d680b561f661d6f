import { z } from "zod";

const time = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("timed"), startsAt: z.iso.datetime(), endsAt: z.iso.datetime() }),
  z.object({ kind: z.literal("allDay"), startDay: z.string(), endDay: z.string() }),
]);

/** A version that did not stand: `here` it was Calends', in the `calendar` the host's. `says` null: it was deleted. */
const lost = z.object({
  side: z.enum(["here", "calendar"]),
  says: z
    .object({
      title: z.string(),
      description: z.string().nullable(),
      location: z.string().nullable(),
      time,
    })
    .nullable(),
});

/** What a `reconcile` row of the sync log keeps in `detail`. */
export const reconcileDetail = z.object({
  /** Of the booking or appointment, as it was before. */
  title: z.string(),
  bookingId: z.uuid().nullable(),
  /**
   * `unchanged`: the copy says what we say. `delivered`: ours was written, theirs had not changed. `followed`: what the
   * calendar says is ours now. `cancelled`: it was deleted there. `kept`: ours was newer. `put_back`: theirs cannot be.
   * `over`: nothing, since the meeting is.
   */
  outcome: z.enum(["unchanged", "delivered", "followed", "cancelled", "kept", "put_back", "over"]),
  because: z.enum(["booking", "past", "all_day", "repeats", "no_length"]).nullable(),
  /** It was found in another calendar. */
  isElsewhere: z.boolean(),
  lost: lost.nullable(),
});
export type ReconcileDetail = z.infer<typeof reconcileDetail>;

/** One sentence for the host; null for what is no detail of ours. */
export function describeReconcile(detail: unknown): string | null {
  const parsed = reconcileDetail.safeParse(detail);
  if (!parsed.success) return null;
  const { outcome, because, isElsewhere, lost } = parsed.data;
  const title = `“${parsed.data.title}”`;
  const where = isElsewhere ? "in another of your calendars" : "in your calendar";
  switch (outcome) {
    case "unchanged":
      return isElsewhere ? `${title} was moved to another of your calendars.` : `${title} was not changed.`;
    case "delivered":
      return `${title} was brought up to date ${where}.`;
    case "followed":
      return `${title} was changed ${where}, and follows.${lost ? " Our own change was older." : ""}`;
    case "cancelled":
      return `${title} was deleted in your calendar, and is off.`;
    case "kept":
      return `${title} was ${lost?.says ? "changed" : "deleted"} ${where}; our own change was newer and was written over it.`;
    case "put_back":
      return `${title} was changed ${where} and put back: ${reasons[because ?? "booking"]}.`;
    case "over":
      return `${title} was changed ${where} after it was over, so nothing follows.`;
  }
}

const reasons: Record<NonNullable<ReconcileDetail["because"]>, string> = {
  booking: "another booking holds that time",
  past: "that time has passed",
  all_day: "a booking needs a time, not a day",
  repeats: "a booking takes place once",
  no_length: "a booking needs a length",
};
