import type { BookingView } from "./booking-view";
import { isBeingDecided } from "./booking-view";

type Words = { title: string; text: string };
export type Progress = {
  isLate: boolean;
  isOffline: boolean;
  /** The meeting has ended. */
  isOver: boolean;
};

/** How things stand with a booking, as its visitor should read it. */
export function outcomeWords(booking: BookingView, { isLate, isOffline, isOver }: Progress): Words {
  if (isBeingDecided(booking))
    return { title: checkingTitle(booking), text: checking(booking, isLate, isOffline) };
  const { name } = booking.host;
  switch (booking.status) {
    case "pending":
      return booking.waits_for === "approval"
        ? {
            title: "Waiting for an answer",
            text: `${name} decides about each request. The time is held for you, and you get an e-mail with the answer.`,
          }
        : {
            title: "Waiting for an answer",
            text: `${name}’s calendar cannot be checked at the moment, so ${name} was asked to confirm. The time is held for you, and you get an e-mail.`,
          };
    case "confirmed":
      if (isOver) return { title: "This meeting is over", text: `It was with ${name}.` };
      return booking.moves_to
        ? {
            title: "You are booked, and asked for another time",
            text: `${name} decides about the new time. Until then your booking stays where it is, and both times are held for you.`,
          }
        : { title: "You are booked", text: `${name} is expecting you.` };
    case "declined":
      return { title: declinedTitle(booking), text: declined(booking) };
    case "cancelled":
      return {
        title: "This booking was cancelled",
        text:
          booking.cancelled_by === "host"
            ? `${name} cancelled it.`
            : "You cancelled it. The time is free again.",
      };
  }
}

const checkingTitle = ({ moves_to }: BookingView) =>
  moves_to ? "Moving your booking…" : "Confirming your booking…";

function checking({ host, moves_to }: BookingView, isLate: boolean, isOffline: boolean): string {
  const held = moves_to
    ? "Until it is certain, your booking stays where it is."
    : "The time is held for you.";
  if (isOffline) return `We cannot reach the server at the moment and keep trying. ${held}`;
  if (isLate) return `This takes longer than usual. ${held} You can leave and come back to this address.`;
  return `We are checking ${host.name}’s calendar once more. ${held}`;
}

const declinedTitle = ({ decline_reason }: BookingView) =>
  decline_reason === "host" ? "Your request was declined" : "This time did not work out";

function declined({ decline_reason, host }: BookingView): string {
  switch (decline_reason) {
    case "conflict":
      return `Something else was entered in ${host.name}’s calendar in the meantime. Nothing was booked.`;
    case "host":
      return `${host.name} could not accept this time. Nothing was booked.`;
    case "expired":
      return `${host.name} did not answer in time. Nothing was booked.`;
    default:
      return `${host.name}’s calendar could not be checked, so nothing was booked and the time is free again.`;
  }
}
