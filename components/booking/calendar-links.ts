import type { BookingView } from "./booking-view";

type Link = { name: string; href: string };
type Event = Pick<BookingView, "starts_at" | "ends_at"> & {
  visitor: Pick<BookingView["visitor"], "note">;
  host: Pick<BookingView["host"], "name">;
  event_type: Pick<BookingView["event_type"], "title" | "location">;
};

/** Addresses that open a filled-in event at calendars on the web. Everybody else takes the .ics file. */
export function calendarLinks(booking: Event): Link[] {
  const title = `${booking.event_type.title} with ${booking.host.name}`;
  const location = booking.event_type.location ?? "";
  const body = booking.visitor.note ?? "";
  const google = new URLSearchParams({
    action: "TEMPLATE",
    text: title,
    dates: `${basic(booking.starts_at)}/${basic(booking.ends_at)}`,
    details: body,
    location,
  });
  const outlook = new URLSearchParams({
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: title,
    startdt: booking.starts_at,
    enddt: booking.ends_at,
    body,
    location,
  });
  return [
    { name: "Google Calendar", href: `https://calendar.google.com/calendar/render?${google}` },
    { name: "Outlook.com", href: `https://outlook.live.com/calendar/0/deeplink/compose?${outlook}` },
    { name: "Microsoft 365", href: `https://outlook.office.com/calendar/0/deeplink/compose?${outlook}` },
  ];
}

/** `20260318T093000Z` */
const basic = (iso: string) => iso.replace(/\.\d{3}/, "").replace(/[-:]/g, "");
