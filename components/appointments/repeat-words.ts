import { type Day, formatDay } from "@/lib/time";
import { codeOf, codes, nthOf, partsOf, type Start, untilDayOf } from "./repeat";

const units: Record<string, string> = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" };
const ordinals: Record<string, string> = {
  "1": "first",
  "2": "second",
  "3": "third",
  "4": "fourth",
  "-1": "last",
};

/** A rule in words: `Every 2 weeks on Monday and Thursday, until 3 March 2027`. */
export function ruleWords(rule: string, start: Start, locale: string): string {
  const { FREQ = "", INTERVAL = "1", BYDAY, BYMONTHDAY, COUNT, UNTIL, WKST: _, ...rest } = partsOf(rule);
  const unit = units[FREQ];
  if (!unit || Object.keys(rest).length > 0) return `By a rule of its own: ${rule}`;
  const every = INTERVAL === "1" ? `Every ${unit}` : `Every ${INTERVAL} ${unit}s`;
  const on = BYDAY
    ? ` on ${and(BYDAY.split(",").map(weekdayWords))}`
    : BYMONTHDAY
      ? ` on day ${and(BYMONTHDAY.split(",").map((day) => (day === "-1" ? "the last" : day)))}`
      : startWords(FREQ, start.day, locale);
  const end = UNTIL
    ? `, until ${formatDay(untilDayOf(UNTIL, start.timeZone), locale, { day: "numeric", month: "long", year: "numeric" })}`
    : COUNT
      ? `, ${COUNT} ${COUNT === "1" ? "time" : "times"}`
      : "";
  return `${every}${on}${end}`;
}

function startWords(frequency: string, day: Day, locale: string): string {
  if (frequency === "YEARLY") return ` on ${formatDay(day, locale, { day: "numeric", month: "long" })}`;
  if (frequency === "MONTHLY") return ` on day ${Number(day.slice(8))}`;
  return frequency === "WEEKLY" ? ` on ${weekdayWords(codeOf(day))}` : "";
}

function weekdayWords(code: string): string {
  // Any Monday will do.
  const name = formatDay(`2024-01-0${codes.indexOf(code.slice(-2)) + 1}`, "en-GB", { weekday: "long" });
  const ordinal = code.slice(0, -2);
  if (!ordinal) return name;
  return `the ${ordinals[ordinal] ?? `${ordinal}.`} ${name}`;
}

const list = new Intl.ListFormat("en", { type: "conjunction" });
const and = (words: string[]) => list.format(words);
/** `Monthly on the third Wednesday`, for the choice of it. */
export const nthWords = (day: Day) => weekdayWords(`${nthOf(day)}${codeOf(day)}`);
