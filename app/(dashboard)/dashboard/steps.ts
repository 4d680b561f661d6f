import { describeWeek } from "@/components/availability/week";
import type { Step } from "@/components/dashboard/checklist";
import type { Interval } from "@/lib/availability/schema";
import type { Connection } from "@/lib/connections/list";
import type { EventType } from "@/lib/event-types/list";

type Given = {
  connections: Connection[];
  hours: Interval[];
  eventTypes: EventType[];
  url: string | null;
  hasBookings: boolean;
};

/** What is left to do before the first booking, told from what there is. */
export function stepsOf({ connections, hours, eventTypes, url, hasBookings }: Given): Step[] {
  const calendars = connections.flatMap((connection) => connection.calendars);
  const isBlocked = calendars.some(({ checksConflicts }) => checksConflicts);
  const isReceived = calendars.some(({ isDestination }) => isDestination);
  const offered = eventTypes.filter(({ isHidden }) => !isHidden);
  return [
    {
      title: "Connect a calendar",
      description:
        connections.map(({ account }) => account).join(", ") ||
        "The one you live by: Google, iCloud, Fastmail, Nextcloud or any other CalDAV server.",
      isDone: connections.length > 0,
      action:
        connections.length > 0
          ? { href: "/connections", label: "Look" }
          : { href: "/connections/new", label: "Connect" },
    },
    {
      title: "Choose what your calendars are for",
      description:
        isBlocked && !isReceived
          ? "Some block bookings. Choose the one that receives them, too."
          : "Which ones block bookings, and which one receives them.",
      isDone: isBlocked && isReceived,
      action: { href: "/connections", label: "Choose" },
    },
    {
      title: "Check your weekly hours",
      description: describeWeek(hours).join("; ") || "You offer no hours yet.",
      isDone: hours.length > 0,
      action: { href: "/availability", label: "Change" },
    },
    {
      title: "Say what can be booked",
      description: offered.map(({ title }) => title).join(", ") || "There is no event type on your page.",
      isDone: offered.length > 0 && url !== null,
      action: { href: "/event-types", label: "Change" },
    },
    {
      title: "Share your link",
      description:
        "Send it to somebody, or put it under your mails. This list goes away with the first booking.",
      isDone: hasBookings,
      action: url ? { copy: url } : { href: "/settings", label: "Choose an address" },
    },
  ];
}
