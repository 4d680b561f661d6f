import type { ReactNode } from "react";
import type { BookingView } from "./booking-view";

type Place = Pick<BookingView["event_type"], "location_kind" | "location">;

/** How the two sides meet; null when the host said nothing about it. */
export function bookingWhere(
  { location_kind, location }: Place,
  { hostName, phone }: { hostName: string; phone: string | null },
): ReactNode {
  if (location_kind === "visitor_phone")
    return phone ? `${hostName} calls ${phone}` : `${hostName} calls you`;
  if (!location) return null;
  if (location_kind === "host_phone")
    return (
      <>
        Call{" "}
        <a href={`tel:${location.replace(/[^+\d]/g, "")}`} className={linkClass}>
          {location}
        </a>
      </>
    );
  if (/^https?:\/\/\S+$/.test(location))
    return (
      <a href={location} target="_blank" rel="noreferrer" className={`${linkClass} wrap-anywhere`}>
        {location}
        <span className="sr-only"> (opens in a new tab)</span>
      </a>
    );
  return <span className="whitespace-pre-line">{location}</span>;
}

const linkClass = "text-accent-text underline underline-offset-2";
