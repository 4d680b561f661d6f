import type { Status } from "@/components/ui/badge";
import type { CalendarHealth, ConnectionHealth } from "@/lib/connections/health";

type Calendar = Pick<
  CalendarHealth,
  | "checksConflicts"
  | "isDestination"
  | "isMirrored"
  | "lastError"
  | "lastSyncedAt"
  | "unreadableCount"
  | "channel"
>;
type Access = Pick<ConnectionHealth, "status">;

type Uses = Pick<Calendar, "checksConflicts" | "isDestination" | "isMirrored">;

/** Somebody chose what it is for bookings. */
export const isForBookings = ({ checksConflicts, isDestination }: Omit<Uses, "isMirrored">) =>
  checksConflicts || isDestination;

/** A calendar that blocks bookings, receives them or holds copies of appointments is read. */
export const isRead = (calendar: Uses) => isForBookings(calendar) || calendar.isMirrored;

// Every calendar is read twice in that time, whether it is notified or polled.
const behindMs = 3_600_000;

/** How a calendar is doing, in a word. */
export function healthOf(
  calendar: Calendar,
  { status }: Access,
  now: Date,
): { status: Status; word: string } {
  if (!isRead(calendar)) return { status: "off", word: "Not read" };
  if (status === "reconnect") return { status: "failed", word: "Locked out" };
  if (calendar.lastError) return { status: "failed", word: "Failing" };
  if (!calendar.lastSyncedAt) return { status: "working", word: "First read" };
  if (now.getTime() - calendar.lastSyncedAt.getTime() > behindMs)
    return { status: "attention", word: "Behind" };
  if (calendar.unreadableCount > 0) return { status: "attention", word: "Partly unreadable" };
  if (calendar.channel?.state === "overdue") return { status: "attention", word: "Not notified" };
  return { status: "ok", word: "Up to date" };
}

/** How we learn of changes in a calendar, and whether that is as it should be. */
export function channelWords(
  { state, why }: NonNullable<Calendar["channel"]>,
  provider: string,
): { words: string; tone: "live" | "plain" | "warning" } {
  switch (state) {
    case "live":
      return { words: `${provider} tells us of changes at once`, tone: "live" };
    case "opening":
      return { words: `Asking ${provider} to tell us of changes`, tone: "plain" };
    case "overdue":
      return {
        words: `${provider} should tell us of changes but does not, so it is read every few minutes`,
        tone: "warning",
      };
    case "expired":
      return {
        words: `${provider} no longer tells us of changes, so it is read every few minutes until that is renewed`,
        tone: "warning",
      };
    case "refused":
    case "polled":
      return { words: why ?? "Read every few minutes", tone: "plain" };
  }
}

/** What changes with every run of a calendar, whether it went well or not. */
export const runOf = ({ lastSyncedAt, errorCount }: Pick<CalendarHealth, "lastSyncedAt" | "errorCount">) =>
  `${lastSyncedAt?.getTime()} ${errorCount}`;

export function countText(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? noun : nouns}`;
}
