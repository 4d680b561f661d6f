import type { BookingMail } from "./booking-mail";

type Placed = Pick<BookingMail, "to" | "place" | "visitor" | "host">;

/** Where they meet, in the words of whoever reads it; null when the host left that open. */
export function whereWords({ to, place, visitor, host }: Placed): string | null {
  const isVisitor = to === "visitor";
  switch (place.kind) {
    case "video":
      return place.text ?? "Video call";
    case "host_phone":
      if (!place.text) return isVisitor ? `You call ${host.name}` : `${visitor.name} calls you`;
      return isVisitor ? `You call ${host.name}: ${place.text}` : `${visitor.name} calls you: ${place.text}`;
    case "visitor_phone":
      if (!visitor.phone) return isVisitor ? `${host.name} calls you` : `You call ${visitor.name}`;
      return isVisitor
        ? `${host.name} calls you: ${visitor.phone}`
        : `You call ${visitor.name}: ${visitor.phone}`;
    default:
      return place.text;
  }
}

/** LOCATION of the invitation: what a calendar can open, call or look up. */
export function placeOf({ place, visitor }: Placed): string | null {
  return place.kind === "visitor_phone" ? visitor.phone : place.text;
}

/** The address of a video call; nothing but http and https is ever made a link. */
export function placeUrl({ place: { kind, text } }: Pick<BookingMail, "place">): string | undefined {
  return kind === "video" && text && /^https?:\/\/\S+$/i.test(text) ? text : undefined;
}
