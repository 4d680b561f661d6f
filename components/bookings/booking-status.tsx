import { StatusBadge } from "@/components/ui/badge";
import type { HostBooking } from "@/lib/booking/list";

type State = Pick<HostBooking, "status" | "waitsFor" | "movesToStart">;

export function BookingStatus({ status, waitsFor, movesToStart }: State) {
  if (waitsFor) return <StatusBadge status="attention">Needs your answer</StatusBadge>;
  if (movesToStart) return <StatusBadge status="working">Moving</StatusBadge>;
  const { look, word } = looks[status];
  return <StatusBadge status={look}>{word}</StatusBadge>;
}

const looks = {
  pending: { look: "working", word: "Checking calendars" },
  confirmed: { look: "ok", word: "Confirmed" },
  declined: { look: "failed", word: "Declined" },
  cancelled: { look: "off", word: "Cancelled" },
} as const;

/** What the host is asked, and why it is not decided without them. */
export const waitReasons = {
  approval: "This event type asks you to accept each booking. The time is held until you answer.",
  unreadable_calendar:
    "One of your calendars cannot be read, so the time could not be checked. It is held until you answer.",
} as const;

/** Why a booking did not take place, as the host should read it. */
export const declineReasons = {
  conflict: "The time went to something else in a calendar before it could be confirmed.",
  unavailable: "A calendar could not be read, so the time could not be confirmed.",
  host: "You declined it.",
  expired: "Nobody accepted it before it would have begun.",
} as const;
