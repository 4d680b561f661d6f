/** Showing instants to people: days, clocks and zones. Pure; the zone, the locale and `now` come in. */

/** A calendar date without a zone, `2026-03-18`. */
export type Day = string;
/** A calendar month, `2026-03`. */
export type Month = string;
/** 0 is Sunday, as in `Date.getUTCDay`. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

const dayMs = 86_400_000;

/** The date on the wall in `timeZone` at that instant. */
export function dayOf(instant: Date, timeZone: string): Day {
  return formatter("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(instant);
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

export function addDays(day: Day, days: number): Day {
  return new Date(noon(day) + days * dayMs).toISOString().slice(0, 10);
}

/** How many days `to` is after `from`. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((noon(to) - noon(from)) / dayMs);
}

export function addMonths(month: Month, months: number): Month {
  const [year = 0, index = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, index - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The same day so many months on; the 31st becomes the last day of a shorter month. */
export function addMonthsToDay(day: Day, months: number): Day {
  const month = addMonths(monthOf(day), months);
  return `${month}-${String(Math.min(Number(day.slice(8)), daysIn(month))).padStart(2, "0")}`;
}

export function firstDayOf(month: Month): Day {
  return `${month}-01`;
}

export function daysIn(month: Month): number {
  return Number(addDays(firstDayOf(addMonths(month, 1)), -1).slice(8));
}

export function weekdayOf(day: Day): Weekday {
  return new Date(noon(day)).getUTCDay() as Weekday;
}

/** How far into its week a day is: 0 for the day weeks start on. */
export function dayOfWeek(day: Day, weekStart: Weekday): number {
  return (weekdayOf(day) - weekStart + 7) % 7;
}

/** The weeks of a month, seven places each; null where a place belongs to a neighbouring month. */
export function monthGrid(month: Month, weekStart: Weekday): (Day | null)[][] {
  const first = firstDayOf(month);
  const lead = dayOfWeek(first, weekStart);
  const weeks = Math.ceil((lead + daysIn(month)) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, place) => {
      const day = addDays(first, week * 7 + place - lead);
      return monthOf(day) === month ? day : null;
    }),
  );
}

/** Any seven days in a row name the weekdays; these begin where the week does. */
export function weekdayNames(weekStart: Weekday, locale: string, style: "long" | "short"): string[] {
  const sunday = "2023-01-01";
  return Array.from({ length: 7 }, (_, place) =>
    formatDay(addDays(sunday, weekStart + place), locale, { weekday: style }),
  );
}

/** Things that start at an instant, under the date they start on in `timeZone`, in the order they came. */
export function groupByDay<T>(items: T[], startOf: (item: T) => Date, timeZone: string): Map<Day, T[]> {
  const groups = new Map<Day, T[]>();
  for (const item of items) {
    const day = dayOf(startOf(item), timeZone);
    const group = groups.get(day);
    if (group) group.push(item);
    else groups.set(day, [item]);
  }
  return groups;
}

/** Whether a meeting ends on a later date than it starts; ending at midnight does not count. */
export function crossesMidnight(startsAt: Date, endsAt: Date, timeZone: string): boolean {
  return dayOf(startsAt, timeZone) !== dayOf(new Date(endsAt.getTime() - 1), timeZone);
}

const fullDay = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;

/** `Wednesday 18 March 2026`, in the order of the locale. */
export function formatDay(day: Day, locale: string, style: Intl.DateTimeFormatOptions = fullDay): string {
  const text = formatter(locale, { ...style, timeZone: "UTC" }).format(noon(day));
  // Node and browsers disagree over the comma in "Wednesday, 18 March"; both must print the same.
  return text.replace(/^(\p{L}+), (?=\d)/u, "$1 ");
}

export function formatMonth(month: Month, locale: string): string {
  return formatDay(firstDayOf(month), locale, { month: "long", year: "numeric" });
}

/** `1440` → `1 day`, `90` → `1 hour 30 minutes`. */
export function formatLength(minutes: number): string {
  const parts: string[] = [];
  let rest = minutes;
  for (const [unit, size] of [
    ["day", 1440],
    ["hour", 60],
    ["minute", 1],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
  }
  return parts.join(" ") || "none";
}

export type Clock = { timeZone: string; locale: string; hour12: boolean };

/** `13:30` or `1:30 PM`. */
export function formatTime(instant: Date, { timeZone, locale, hour12 }: Clock): string {
  const hours = hour12
    ? ({ hour: "numeric", hourCycle: "h12" } as const)
    : ({ hour: "2-digit", hourCycle: "h23" } as const);
  const text = formatter(locale, { ...hours, minute: "2-digit", timeZone }).format(instant);
  // Versions differ in the space before PM; a no-break space keeps it on the line of its number.
  return text.replace(/\s(?=\p{L})/u, "\u00a0");
}

export function formatDate(instant: Date, { timeZone, locale }: Pick<Clock, "timeZone" | "locale">): string {
  return formatDay(dayOf(instant, timeZone), locale);
}

/** `GMT+5:30`, `GMT−5` (with a minus, not a hyphen): the distance to Greenwich at that instant, so it follows summer time. */
export function formatOffset(instant: Date, timeZone: string): string {
  return zonePart(instant, timeZone, "shortOffset").replace(/\+0$/, "").replace("-", "\u2212");
}

/** `Central European Summer Time`. */
export function zoneName(instant: Date, timeZone: string): string {
  return zonePart(instant, timeZone, "long");
}

/** The city in a zone's name. Browsers still list some under the name they had before. */
export function zoneCity(timeZone: string): string {
  const last = timeZone.split("/").at(-1) ?? timeZone;
  return renamed[last] ?? last.replaceAll("_", " ");
}

const renamed: Record<string, string> = {
  Calcutta: "Kolkata",
  Enderbury: "Kanton",
  Faeroe: "Faroe",
  Godthab: "Nuuk",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Ponape: "Pohnpei",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh City",
  Truk: "Chuuk",
};

export function isTimeZone(value: string): boolean {
  try {
    return formatter("en", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Whether two zones show the same clock at that instant. */
export function isSameClock(instant: Date, one: string, other: string): boolean {
  return formatOffset(instant, one) === formatOffset(instant, other);
}

/**
 * The pages are in English, so dates are too, in the order and with the words of the reader's English; who
 * reads another language gets British, the order most of the world uses.
 */
export function englishOf(language: string): string {
  return /^en\b/i.test(language) && isLocale(language) ? language : "en-GB";
}

/** Whether clocks in this language's region count to twelve. */
export function usesHour12(language: string): boolean {
  const locale = isLocale(language) ? language : "en-GB";
  return formatter(locale, { hour: "numeric" }).resolvedOptions().hour12 ?? false;
}

/** The day weeks start on in this language's region: Monday unless CLDR says otherwise. */
export function weekStartOf(language: string): Weekday {
  if (!isLocale(language)) return 1;
  const region = new Intl.Locale(language).maximize().region ?? "";
  if (saturdayFirst.has(region)) return 6;
  return sundayFirst.has(region) ? 0 : 1;
}

// CLDR 47 weekData. `Intl.Locale.getWeekInfo` would know, but Firefox does not have it.
const saturdayFirst = new Set("AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY".split(" "));
const sundayFirst = new Set(
  (
    "AG AS AU BD BR BS BT BW BZ CA CN CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ " +
    "NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW"
  ).split(" "),
);

function isLocale(language: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
  } catch {
    return false;
  }
}

function zonePart(instant: Date, timeZone: string, timeZoneName: "shortOffset" | "long"): string {
  const parts = formatter("en-GB", { timeZone, timeZoneName }).formatToParts(instant);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

const noon = (day: Day) => Date.parse(`${day}T12:00:00Z`);

const formatters = new Map<string, Intl.DateTimeFormat>();
// Each takes 30 kB, and locales and offsets that a browser may send are endless.
const mostFormatters = 2_000;

/** Making a formatter costs a thousand times what using one does, and a month has hundreds of slots. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  if (formatters.size >= mostFormatters) formatters.clear();
  formatters.set(key, made);
  return made;
}
