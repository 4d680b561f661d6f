/** VTIMEZONEs as programs write them. */

export const berlin = zoneOf("Europe/Berlin", "19700329T020000", "19701025T030000", "+0100", "+0200", [
  "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
  "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
]);

/** Exchange has them from 1601 on, under Windows' names. */
export const windowsBerlin = zoneOf(
  "W. Europe Standard Time",
  "16010101T020000",
  "16010101T030000",
  "+0100",
  "+0200",
  ["FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", "FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10"],
);

export const customEastern = zoneOf(
  "Customized Time Zone",
  "20070311T020000",
  "20071104T020000",
  "-0500",
  "-0400",
  ["FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"],
);

/** Evolution names where on its disk the zone lies. */
export const evolution = zoneOf(
  "/freeassociation.sourceforge.net/Tzfile/America/New_York",
  "20070311T020000",
  "20071104T020000",
  "-0500",
  "-0400",
  ["FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"],
);

/** The last changes alone, one by one. */
export const withDates = [
  "BEGIN:VTIMEZONE",
  "TZID:Brazil by dates",
  "BEGIN:DAYLIGHT",
  "DTSTART:20181104T000000",
  "TZOFFSETFROM:-0300",
  "TZOFFSETTO:-0200",
  "RDATE:20171015T000000,20161016T000000",
  "END:DAYLIGHT",
  "BEGIN:STANDARD",
  "DTSTART:20190216T235959",
  "TZOFFSETFROM:-0200",
  "TZOFFSETTO:-0300",
  "RDATE:20180217T235959",
  "END:STANDARD",
  "END:VTIMEZONE",
];

function zoneOf(
  id: string,
  summer: string,
  winter: string,
  standard: string,
  daylight: string,
  [toSummer = "", toWinter = ""]: string[],
): string[] {
  return [
    "BEGIN:VTIMEZONE",
    `TZID:${id}`,
    "BEGIN:DAYLIGHT",
    `DTSTART:${summer}`,
    `TZOFFSETFROM:${standard}`,
    `TZOFFSETTO:${daylight}`,
    `RRULE:${toSummer}`,
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    `DTSTART:${winter}`,
    `TZOFFSETFROM:${daylight}`,
    `TZOFFSETTO:${standard}`,
    `RRULE:${toWinter}`,
    "END:STANDARD",
    "END:VTIMEZONE",
  ];
}
