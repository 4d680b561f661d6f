import type { Dice } from "@/lib/availability/oracle/dice";

/** Values that make trouble, by the kind of the property they are put into. */

const dates = [
  "",
  "00000000",
  "20260230",
  "20261301T100000Z",
  "99991231",
  "99991231T235959Z",
  "00010101T000000",
  "16010101T000000",
  "20260615T250000",
  "20260615T236060",
  "20260615T240000Z",
  "2026-06-15T10:00:00+02:00",
  "2026-06-15",
  "20260615T100000.000Z",
  "20260615T1000Z",
  "someday",
  "20260615T100000Z,20260616T100000Z",
  "20260615T100000Z/PT1H",
  "20260329T023000",
  "20111230T090000",
  "275760091300000T000000Z",
];

const durations = [
  "",
  "P",
  "PT",
  "-PT1H",
  "P99999999999D",
  "PT9999999999S",
  "P999999W",
  "1H",
  "P1Y",
  "PT1.5H",
  "-P1DT1H",
];

const rules = [
  "",
  "FREQ=SECONDLY",
  "FREQ=MINUTELY;INTERVAL=1",
  "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
  "FREQ=MINUTELY;BYHOUR=25",
  "FREQ=YEARLY;BYDAY=53MO,-53SU",
  "FREQ=DAILY;COUNT=999999999",
  "FREQ=DAILY;COUNT=0",
  "FREQ=DAILY;INTERVAL=0",
  "FREQ=DAILY;INTERVAL=-1",
  "FREQ=WEEKLY;UNTIL=00000000T000000Z",
  "FREQ=WEEKLY;UNTIL=99991231T235959Z",
  "FREQ=DAILY;UNTIL=20260101;COUNT=3",
  "FREQ=HOURLY;BYSETPOS=-366",
  `FREQ=DAILY;BYHOUR=${list(24)};BYMINUTE=${list(60)};BYSECOND=${list(60)}`,
  "FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=-1;BYMONTHDAY=31",
  "RRULE:FREQ=DAILY",
  "freq=daily;count=3",
  "FREQ=DAILY;;;COUNT=3;",
  "FREQ=FORTNIGHTLY",
  "RSCALE=HEBREW;FREQ=YEARLY;SKIP=FORWARD",
];

const zones = [
  "",
  "Middle/Earth",
  "UTC",
  "GMT+0100",
  '"Europe/Berlin"',
  "europe/berlin",
  "Europe/Berlin/",
  "/Europe/Berlin",
  "(UTC+05:30) Chennai, Kolkata",
  "Customized Time Zone",
  "W. Europe Standard Time 1",
  "__proto__",
  "Etc/GMT+14",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "-99:99",
  "a".repeat(3000),
];

const texts = [
  "",
  "\\",
  "\\n\\N\\,\\;\\\\",
  "\0\u0001\u001b[31m\u007f",
  "\u202eright to left\u202c",
  "\ud83d",
  "\ufeff",
  "\ufffd\ufffe\uffff",
  "<script>alert(1)</script>",
  "'; drop table calendars; --",
  "BEGIN:VEVENT",
  "END:VCALENDAR",
  "x".repeat(20_000),
  '"',
  "=?utf-8?B?w6k=?=",
  "constructor",
  "__proto__",
];

const numbers = ["", "0", "-1", "1e309", "NaN", "99999999999999999999", "0x10", "1.5"];

export function nastyValue(dice: Dice, property: string): string {
  const kinds: Record<string, string[]> = {
    ...{ DTSTART: dates, DTEND: dates, EXDATE: dates, RDATE: dates, DTSTAMP: dates, DUE: dates },
    ...{ "RECURRENCE-ID": dates, DURATION: durations, "X-PUBLISHED-TTL": durations },
    ...{ "REFRESH-INTERVAL": durations, RRULE: rules, EXRULE: rules, SEQUENCE: numbers, TZID: zones },
    ...{ TZOFFSETTO: ["+9999", "-2359", "+0100x", "", "0100"], TZOFFSETFROM: ["+9999", "+000000", ""] },
  };
  return dice.pick(kinds[property] ?? texts);
}

export function nastyZone(dice: Dice): string {
  return dice.pick(zones);
}

export function nastyText(dice: Dice): string {
  return dice.pick(texts);
}

function list(count: number): string {
  return Array.from({ length: count }, (_, n) => n).join(",");
}
