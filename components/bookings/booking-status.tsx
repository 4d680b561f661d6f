import { StatusBadge } from "@/components/ui/badge";
import type { HostBooking } from "@/lib/booking/list";

export function BookingStatus({ status }: Pick<HostBooking, "status">) {
  const { look, word } = looks[status];
  return <StatusBadge status={look}>{word}</StatusBadge>;
}

const looks = {
  pending: { look: "working", word: "Checking calendars" },
  confirmed: { look: "ok", word: "Confirmed" },
  declined: { look: "failed", word: "Declined" },
  cancelled: { look: "off", word: "Cancelled" },
} as const;

/** Why a booking did not take place, as the host should read it. */
export const declineReasons = {
  conflict: "The time went to something else in a calendar before it could be confirmed.",
  unavailable: "A calendar could not be read, so the time could not be confirmed.",
  host: "You declined it.",
  expired: "Nobody accepted it before it would have begun.",
} as const;
