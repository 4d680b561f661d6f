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
import { berlin, customEastern, evolution, windowsBerlin, withDates } from "./zones";

const stamp = "DTSTAMP:20260101T000000Z";
const alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DESCRIPTION:Reminder", "END:VALARM"];

type Series = { uid: string; zone: string; rule: string; others: string[]; changes: string[][] };

/** A series as `zone` writes it, with some of its instances taken out and some moved. */
function seriesOf(dice: Dice, n: number, tzid: string): string[] {
  const at = hoursAfter(randomDay(dice, 250), dice.int(7, 18));
  const { uid, zone, rule, others, changes } = randomSeries(dice, n, tzid, at);
  const master = eventOf(
    `UID:${uid}`,
    stamp,
    `DTSTART;TZID=${zone}:${timeText(at)}`,
    `DTEND;TZID=${zone}:${timeText(hoursAfter(at, dice.pick([0.5, 1, 8])))}`,
    `RRULE:${rule}`,
    ...others,
    `SUMMARY:${randomText(dice)}`,
    ...(dice.chance(0.3) ? alarm : []),
  );
  return [...master, ...changes.flat()];
}

const rules = [
  "FREQ=DAILY;COUNT=20",
  "FREQ=WEEKLY;BYDAY=MO,WE,FR",
  "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH",
  "FREQ=MONTHLY;BYDAY=-1FR",
  "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
  "FREQ=MONTHLY;BYMONTHDAY=31",
  "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
  "FREQ=WEEKLY;UNTIL=20261224T220000Z",
  "FREQ=DAILY;UNTIL=20260801",
  "FREQ=HOURLY;INTERVAL=12;COUNT=30",
];

function randomSeries(dice: Dice, n: number, tzid: string, at: number): Series {
  const zone = /[:;,]/.test(tzid) && dice.chance(0.7) ? `"${tzid}"` : tzid;
  const uid = `040000008200E00074C5B7101A82E008${n}`;
  const instance = () => timeText(daysAfter(at, dice.int(0, 10)));
  const changes = dice.times(0, 3, () => {
    const to = hoursAfter(daysAfter(at, dice.int(0, 10)), dice.int(0, 3));
    const range = dice.chance(0.15) ? ";RANGE=THISANDFUTURE" : "";
    return eventOf(
      `UID:${uid}`,
      stamp,
      `RECURRENCE-ID${range};TZID=${zone}:${instance()}`,
      `DTSTART;TZID=${zone}:${timeText(to)}`,
      `DTEND;TZID=${zone}:${timeText(hoursAfter(to, 1))}`,
      "SEQUENCE:1",
      `SUMMARY:Moved ${randomText(dice, 2)}`,
    );
  });
  const others = dice.times(0, 2, () => `EXDATE;TZID=${zone}:${instance()}`);
  return { uid, zone, rule: dice.pick(rules), others, changes };
}

function meetings(zones: [string, string[]][], head: string[], most = 10) {
  return (dice: Dice) => {
    const [tzid, definition] = dice.pick(zones);
    return calendarOf(head, definition, ...dice.times(1, most, (n) => seriesOf(dice, n, tzid)));
  };
}

/** Calendars of people at work. */
export const meetingShapes: Record<string, (dice: Dice) => string> = {
  "Outlook, with the zones of Windows": meetings(
    [["W. Europe Standard Time", windowsBerlin]],
    ["METHOD:PUBLISH", "PRODID:Microsoft Exchange Server 2010", "X-WR-CALNAME:Kalender"],
  ),
  "Outlook, a zone with its offset in its name": meetings(
    [["(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", []]],
    ["PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", "X-MS-OLK-FORCEINSPECTOROPEN:TRUE"],
  ),
  "Exchange, a zone of its own": meetings(
    [["Customized Time Zone", customEastern]],
    ["PRODID:Microsoft Exchange Server 2010"],
  ),
  Nextcloud: meetings(
    [["Europe/Berlin", berlin]],
    [
      "PRODID:-//SabreDAV//SabreDAV//EN",
      "X-WR-CALNAME:Team",
      "X-APPLE-CALENDAR-COLOR:#0082c9",
      "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
      "X-PUBLISHED-TTL:PT4H",
    ],
  ),
  Fastmail: meetings([["Europe/Berlin", berlin]], ["PRODID:-//CyrusIMAP.org/Cyrus 3.9//EN", "COLOR:teal"]),
  "Evolution, with its own names of zones": meetings(
    [["/freeassociation.sourceforge.net/Tzfile/America/New_York", evolution]],
    ["PRODID:-//Ximian//NONSGML Evolution Calendar//EN"],
  ),
  "dates instead of rules": (dice) =>
    calendarOf(
      ["PRODID:-//rota//"],
      withDates,
      ...dice.times(1, 6, (n) => {
        const at = hoursAfter(randomDay(dice, 200), dice.int(6, 22));
        const dates = dice.times(1, 20, () => timeText(daysAfter(at, dice.int(1, 90))));
        const period = `${timeText(daysAfter(at, 3))}Z/PT${dice.int(1, 9)}H`;
        return eventOf(
          `UID:shift-${n}`,
          `DTSTART;TZID=Brazil by dates:${timeText(at)}`,
          "DURATION:PT8H",
          `RDATE;TZID=Brazil by dates:${dates.join(",")}`,
          dice.chance(0.3) && `RDATE;VALUE=PERIOD:${period}`,
          `SUMMARY:${randomText(dice, 2)}`,
        );
      }),
    ),
  "several calendars in one file": (dice) =>
    Object.values(meetingShapes)
      .slice(0, 3)
      .map((shape) => shape(dice))
      .join(""),
  "tasks and journals among the events": (dice) =>
    calendarOf(
      ["PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN"],
      ["BEGIN:VTODO", "UID:todo-1", "SUMMARY:Task", "DUE:20260601T100000Z", "END:VTODO"],
      ["BEGIN:VJOURNAL", "UID:j-1", "SUMMARY:Note", "END:VJOURNAL"],
      ["BEGIN:VFREEBUSY", "UID:f-1", "FREEBUSY:20260601T100000Z/PT1H", "END:VFREEBUSY"],
      ...dice.times(1, 6, (n) => seriesOf(dice, n, "Europe/Berlin")),
    ),
  "long descriptions": (dice) =>
    calendarOf(
      ["PRODID:-//newsletter//"],
      ...dice.times(1, 5, (n) =>
        eventOf(
          `UID:long-${n}`,
          stamp,
          `DTSTART:${timeText(randomDay(dice))}Z`,
          folded(`DESCRIPTION;ALTREP="data:text/html,<b>x</b>":${randomText(dice, 600)}`),
          folded(`X-ALT-DESC;FMTTYPE=text/html:<html>${randomText(dice, 200)}</html>`),
          folded(`ATTACH;ENCODING=BASE64;VALUE=BINARY:${"QUJD".repeat(dice.int(1, 500))}`),
          `SUMMARY:${randomText(dice)}`,
        ),
      ),
    ),
  "an empty calendar": () => calendarOf(["PRODID:-//empty//", "X-WR-CALNAME:Nothing yet"]),
  "birthdays since 1900": (dice) =>
    calendarOf(
      ["PRODID:-//birthdays//"],
      ...dice.times(1, 20, (n) => {
        const at = Date.UTC(dice.int(1900, 2020), dice.int(0, 11), dice.int(1, 29));
        return eventOf(
          `UID:birthday-${n}`,
          `DTSTART;VALUE=DATE:${dateText(at)}`,
          "RRULE:FREQ=YEARLY",
          `SUMMARY:${randomText(dice, 1)}'s birthday`,
        );
      }),
    ),
};
