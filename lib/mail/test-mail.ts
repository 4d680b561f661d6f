import { type BookingMail, type BookingMailInput, bookingMail } from "./booking-mail";

type Change = BookingMailInput["change"];
type Facts = Partial<Omit<BookingMailInput, "to" | "links" | "change">>;

const links = {
  visitor: {
    booking: "https://cal.example/booking/token",
    cancel: "https://cal.example/booking/token/cancel",
    move: "https://cal.example/booking/token/move",
    again: "https://cal.example/book/hanna/intro",
  },
  host: { answer: "https://cal.example/booking/host/token", bookings: "https://cal.example/bookings" },
};

/** A mail about a meeting in Brussels, two days after its clocks changed, with a visitor in Kathmandu. */
export const mailTo = (to: BookingMail["to"], change: Change, facts: Facts = {}): BookingMail =>
  bookingMail.parse(mailInput(to, change, facts));

/** The same, as the outbox keeps it. */
export function mailInput(to: BookingMail["to"], change: Change, facts: Facts = {}): BookingMailInput {
  const all = {
    change,
    startsAt: "2026-03-31T09:00:00Z",
    endsAt: "2026-03-31T09:30:00Z",
    title: "Intro call",
    place: { kind: "video" as const, text: "https://meet.example.com/room" },
    visitor: {
      name: "Vera Visitor",
      email: "vera@example.test",
      phone: null,
      note: "About a kite",
      answers: [{ label: "Which case?", answer: "Number 7" }],
      timeZone: "Asia/Kathmandu",
      language: "en-US",
    },
    host: { name: "Hanna Host", email: "hanna@example.test", timeZone: "Europe/Brussels" },
    uid: "1@calends",
    sequence: 0,
    ...facts,
  };
  return to === "visitor" ? { ...all, to, links: links.visitor } : { ...all, to, links: links.host };
}
