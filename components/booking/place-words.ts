import type { BookingPage } from "@/lib/booking/public";

type Where = Pick<BookingPage["eventType"], "locationKind" | "location">;

/** Where people meet, as far as anybody may know; null when nothing was said. */
export function placeWords({ locationKind, location }: Where, hostName: string): string | null {
  switch (locationKind) {
    case "video":
      return "Video call";
    case "host_phone":
      return `Phone: you call ${hostName}`;
    case "visitor_phone":
      return `Phone: ${hostName} calls you`;
    default:
      return location;
  }
}
