import type { Dice } from "@/lib/availability/oracle/dice";
import {
  calendarOf,
  dateText,
  daysAfter,
  eventOf,
  folded,
  hoursAfter,
  randomDay,
  randomText,
  timeText,
} from "./lines";
import { meetingShapes } from "./shapes-of-meetings";
import { berlin } from "./zones";

/** Feeds as programs and sites write them, of random size and content. */
export type Shape = (dice: Dice) => string;

const stamp = "DTSTAMP:20260101T000000Z";

/** Days, mostly free ones, of a few years. */
const holidayShapes: Record<string, Shape> = {
  "Google's holidays": (dice) =>
    calendarOf(
      [
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Feiertage in Deutschland",
        "X-WR-TIMEZONE:UTC",
        "X-WR-CALDESC:Gesetzliche Feiertage\\, und andere",
      ],
      ...dice.times(3, 25, (n) => {
        const at = randomDay(dice, 700);
        return eventOf(
          `DTSTART;VALUE=DATE:${dateText(at)}`,
          `DTEND;VALUE=DATE:${dateText(daysAfter(at, 1))}`,
          stamp,
          `UID:${dateText(at)}_${n}abc60o30dr564@google.com`,
          "CLASS:PUBLIC",
          "DESCRIPTION:Gesetzlicher Feiertag",
          "LAST-MODIFIED:20250101T120000Z",
          "SEQUENCE:0",
          "STATUS:CONFIRMED",
          `SUMMARY:${randomText(dice, 2)}`,
          "TRANSP:TRANSPARENT",
        );
      }),
    ),
  "iCloud's holidays, of every year": (dice) =>
    calendarOf(
      ["PRODID:-//Apple Inc.//iOS 18.0//EN", "CALSCALE:GREGORIAN", "X-APPLE-CALENDAR-COLOR:#FF2968FF"],
      ...dice.times(2, 15, (n) => {
        const at = randomDay(dice);
        return eventOf(
          `UID:HOLIDAY-${n}-US`,
          stamp,
          `DTSTART;VALUE=DATE:${dateText(at)}`,
          "DURATION:P1D",
          `SUMMARY;LANGUAGE=de:${randomText(dice, 2)}`,
          dice.pick([
            "RRULE:FREQ=YEARLY",
            "RRULE:FREQ=YEARLY;COUNT=5",
            "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
          ]),
          "TRANSP:TRANSPARENT",
        );
      }),
    ),
  "school terms": (dice) =>
    calendarOf(
      [
        "PRODID:-//schulferien//DE",
        "X-WR-CALNAME:Ferien",
        "REFRESH-INTERVAL;VALUE=DURATION:P1W",
        "NAME:Ferien",
        "COLOR:steelblue",
      ],
      ...dice.times(1, 12, (n) => {
        const at = randomDay(dice);
        const end = dateText(daysAfter(at, dice.int(1, 42)));
        return eventOf(
          `UID:ferien-${n}`,
          stamp,
          `DTSTART:${dateText(at)}`,
          `DTEND:${end}`,
          `SUMMARY:${randomText(dice, 2)}`,
        );
      }),
    ),
  "waste collection, without UIDs": (dice) =>
    calendarOf(
      ["PRODID:Abfuhr"],
      ...dice.times(2, 20, () =>
        eventOf(
          `DTSTART;VALUE=DATE:${dateText(randomDay(dice))}`,
          `SUMMARY:${dice.pick(["Restmüll", "Papier", "Bio"])}`,
        ),
      ),
    ),
  "phases of the moon, to the minute": (dice) =>
    calendarOf(
      ["PRODID:-//moon//", "X-PUBLISHED-TTL:PT12H"],
      ...dice.times(2, 20, (n) =>
        eventOf(
          `UID:moon${n}`,
          stamp,
          `DTSTART:${timeText(hoursAfter(randomDay(dice), dice.int(0, 23)))}Z`,
          "SUMMARY:🌕 Full moon",
        ),
      ),
    ),
};

/** What sites make of bookings, journeys and fixtures. */
const siteShapes: Record<string, Shape> = {
  "nights of a let": (dice) =>
    calendarOf(
      ["PRODID;X-RICAL-TZSOURCE=TZINFO:-//Airbnb Inc//Hosting Calendar 0.8.8//EN", "CALSCALE:GREGORIAN"],
      ...dice.times(1, 20, (n) => {
        const at = randomDay(dice);
        return eventOf(
          `DTEND;VALUE=DATE:${dateText(daysAfter(at, dice.int(1, 9)))}`,
          `DTSTART;VALUE=DATE:${dateText(at)}`,
          `UID:7f662ec65913-${n}@airbnb.com`,
          `SUMMARY:${dice.pick(["Reserved", "Airbnb (Not available)"])}`,
          dice.chance(0.5) &&
            folded(
              `DESCRIPTION:Reservation URL: https://example.com/hosting/reservations/details/${n}\\nPhone`,
            ),
        );
      }),
    ),
  "journeys, with places": (dice) =>
    calendarOf(
      ["PRODID:-//TripIt//", "X-WR-CALNAME:My trips", "METHOD:PUBLISH"],
      ...dice.times(1, 15, (n) => {
        const at = hoursAfter(randomDay(dice), dice.int(0, 23));
        return eventOf(
          `UID:${n}-flight@tripit.com`,
          stamp,
          `DTSTART:${timeText(at)}Z`,
          `DTEND:${timeText(hoursAfter(at, dice.int(1, 14)))}Z`,
          `SUMMARY:LH${dice.int(100, 999)} FRA to JFK`,
          "LOCATION:Frankfurt am Main\\; Terminal 1",
          "GEO:50.033333;8.570556",
          folded(`DESCRIPTION:${randomText(dice, 40)}`),
          "TRANSP:OPAQUE",
        );
      }),
    ),
  "fixtures, some not fixed": (dice) =>
    calendarOf(
      ["PRODID:-//fixtures//", "X-WR-TIMEZONE:Europe/London", "X-PUBLISHED-TTL:P1D"],
      ...dice.times(3, 25, (n) => {
        const at = hoursAfter(randomDay(dice), dice.int(10, 20));
        const isOpen = dice.chance(0.2);
        return eventOf(
          `UID:match-${n}`,
          `DTSTAMP:${timeText(at)}Z`,
          isOpen ? `DTSTART;VALUE=DATE:${dateText(at)}` : `DTSTART:${timeText(at)}`,
          !isOpen && "DURATION:PT2H",
          `SUMMARY:${randomText(dice, 2)} - ${randomText(dice, 1)}`,
          `STATUS:${dice.pick(["CONFIRMED", "TENTATIVE", "CANCELLED"])}`,
        );
      }),
    ),
  "meetups, in a zone of IANA": (dice) =>
    calendarOf(
      [
        "PRODID:-//Meetup//RemoteApi//EN",
        "CALSCALE:GREGORIAN",
        "X-ORIGINAL-URL:https://example.com/events/ical/",
      ],
      berlin,
      ...dice.times(1, 12, (n) => {
        const at = hoursAfter(randomDay(dice), dice.int(17, 20));
        return eventOf(
          stamp,
          `DTSTART;TZID=Europe/Berlin:${timeText(at)}`,
          `DTEND;TZID=Europe/Berlin:${timeText(hoursAfter(at, 2))}`,
          "STATUS:CONFIRMED",
          `SUMMARY:${randomText(dice)}`,
          folded(`DESCRIPTION:${randomText(dice, 60)}\\n\\nhttps://example.com/?a=1&b=2`),
          "ORGANIZER;CN=Meetup Reminder:MAILTO:info@example.com",
          `UID:event_${n}@meetup.com`,
        );
      }),
    ),
  "lectures, in floating times": (dice) =>
    calendarOf(
      ["PRODID:-//HIS GmbH//QIS//DE"],
      ...dice.times(1, 12, (n) => {
        const at = hoursAfter(randomDay(dice, 100), dice.int(8, 18));
        return eventOf(
          `UID:lecture${n}`,
          `DTSTART:${timeText(at)}`,
          `DTEND:${timeText(hoursAfter(at, 1.5))}`,
          `RRULE:FREQ=WEEKLY;UNTIL=${timeText(daysAfter(at, 98))}`,
          `EXDATE:${timeText(daysAfter(at, 14))},${timeText(daysAfter(at, 21))}`,
          `SUMMARY:${randomText(dice)}`,
        );
      }),
    ),
};

export const shapes: Record<string, Shape> = { ...holidayShapes, ...siteShapes, ...meetingShapes };
