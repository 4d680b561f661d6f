import { draftOf } from "@/lib/mirror/copy";
import type { Meaning } from "@/lib/mirror/meaning";
import type { Located } from "./locate-copy";
import type { ReconcileDetail } from "./reconcile-detail";
import type { Known } from "./reconcile-known";
import type { Decision } from "./reconcile-plan";

/** What the sync log keeps of a decision. */
export function detailOf(
  { target, appointment }: Known,
  located: Located | null,
  decision: Decision,
): ReconcileDetail {
  const loser = "loser" in decision ? decision.loser : null;
  return {
    title: appointment.title,
    bookingId: appointment.bookingId,
    projectId: appointment.projectId,
    isDeleted: located === null,
    outcome: outcomes[decision.kind],
    because: decision.kind === "refuse" ? decision.because : null,
    isElsewhere: located !== null && located.calendarId !== target.calendarId,
    lost:
      loser === "ours"
        ? { side: "here", says: versionOf(draftOf(appointment, target)) }
        : loser === "theirs"
          ? { side: "calendar", says: located && versionOf(located.copy) }
          : null,
  };
}

const outcomes: Record<Decision["kind"], ReconcileDetail["outcome"]> = {
  adopt: "unchanged",
  deliver: "delivered",
  apply: "followed",
  cancel: "cancelled",
  keep: "kept",
  refuse: "put_back",
  leave: "over",
};

export function versionOf({ title, description, location, time, recurrence, timeZone }: Meaning) {
  return {
    title,
    description,
    location,
    time:
      time.kind === "allDay"
        ? time
        : { kind: time.kind, startsAt: time.startsAt.toISOString(), endsAt: time.endsAt.toISOString() },
    ...(recurrence && { recurrence, timeZone: timeZone ?? null }),
  };
}
