import { type Day, dayOfWeek } from "@/lib/time";
import { instantOf } from "./wall";

export const repeatKinds = [
  "never",
  "daily",
  "weekly",
  "monthlyDay",
  "monthlyNth",
  "yearly",
  "other",
] as const;
export type RepeatKind = (typeof repeatKinds)[number];

/** How often, as the form asks it. */
export type Repeat = {
  kind: RepeatKind;
  /** As typed. */
  interval: string;
  /** ISO, 1 is Monday. */
  weekdays: number[];
  ends: "never" | "until" | "count";
  untilDay: string;
  count: string;
  /** A rule that the form has no fields for, kept as it is. */
  rule: string;
};

export type Start = { day: Day; isAllDay: boolean; timeZone: string };

export const codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
export const codeOf = (day: Day) => codes[dayOfWeek(day, 1)] ?? "";

export function noRepeat(day: Day): Repeat {
  const weekdays = [dayOfWeek(day, 1) + 1];
  return { kind: "never", interval: "1", weekdays, ends: "never", untilDay: "", count: "10", rule: "" };
}

/** The rule of a choice (RFC 5545 §3.3.10); null when it does not repeat. */
export function ruleOf(repeat: Repeat, start: Start): string | null {
  const { kind, interval, weekdays } = repeat;
  if (kind === "never") return null;
  if (kind === "other") return repeat.rule;
  const days = [...weekdays].sort().map((day) => codes[day - 1]);
  const parts: Record<typeof kind, string[]> = {
    daily: ["FREQ=DAILY"],
    weekly: ["FREQ=WEEKLY", `BYDAY=${days.join(",") || codeOf(start.day)}`],
    monthlyDay: ["FREQ=MONTHLY", `BYMONTHDAY=${Number(start.day.slice(8))}`],
    monthlyNth: ["FREQ=MONTHLY", `BYDAY=${nthOf(start.day)}${codeOf(start.day)}`],
    yearly: ["FREQ=YEARLY"],
  };
  const every = interval.trim() === "" || interval === "1" ? [] : [`INTERVAL=${interval.trim()}`];
  return [...parts[kind], ...every, ...endOf(repeat, start)].join(";");
}

function endOf({ ends, untilDay, count }: Repeat, { isAllDay, timeZone }: Start): string[] {
  if (ends === "count") return [`COUNT=${count.trim()}`];
  if (ends === "never" || !untilDay) return [];
  if (isAllDay) return [`UNTIL=${untilDay.replaceAll("-", "")}`];
  const end = new Date(instantOf({ day: untilDay, time: "23:59" }, timeZone).getTime() + 59_000);
  return [`UNTIL=${end.toISOString().replace(/[-:]|\.\d+/g, "")}`];
}

/** Which of its weekday in its month a day is: 1 to 4, -1 for the last. */
export function nthOf(day: Day): number {
  const nth = Math.ceil(Number(day.slice(8)) / 7);
  return nth === 5 ? -1 : nth;
}

/** A rule as the form asks it; `other` for what it has no fields for. */
export function repeatOf(rule: string | null, start: Start): Repeat {
  const none = noRepeat(start.day);
  if (rule === null) return none;
  const parts = partsOf(rule);
  const { INTERVAL: interval = "1", UNTIL, COUNT } = parts;
  const known: Repeat = {
    ...none,
    interval,
    ends: UNTIL ? "until" : COUNT ? "count" : "never",
    untilDay: UNTIL ? untilDayOf(UNTIL, start.timeZone) : "",
    count: COUNT ?? none.count,
  };
  const weekly: Repeat = {
    ...known,
    kind: "weekly",
    weekdays: parts.BYDAY?.split(",").map((code) => codes.indexOf(code) + 1) ?? none.weekdays,
  };
  const others = ["daily", "monthlyDay", "monthlyNth", "yearly"] as const;
  const found = [weekly, ...others.map((kind) => ({ ...known, kind }))].find(
    (each) => sameParts(ruleOf(each, start), rule) || sameParts(ruleOf(each, start), withStart(rule, start)),
  );
  return found ?? { ...known, kind: "other", rule };
}

/** What a rule leaves to the start, said. */
function withStart(rule: string, { day }: Start): string {
  const { FREQ, BYDAY, BYMONTHDAY } = partsOf(rule);
  if (BYDAY || BYMONTHDAY) return rule;
  if (FREQ === "WEEKLY") return `${rule};BYDAY=${codeOf(day)}`;
  return FREQ === "MONTHLY" ? `${rule};BYMONTHDAY=${Number(day.slice(8))}` : rule;
}

export function untilDayOf(until: string, timeZone: string): Day {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\dZ)?/.exec(until) ?? [];
  if (!hour) return `${year}-${month}-${day}`;
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(instant);
}

function sameParts(one: string | null, other: string): boolean {
  if (one === null) return false;
  // The end of the last day is one of many ways to say until when.
  const known = (rule: string) => {
    const { WKST: _, UNTIL, INTERVAL, ...rest } = partsOf(rule);
    return JSON.stringify(
      Object.entries({
        ...rest,
        ...(INTERVAL && INTERVAL !== "1" && { INTERVAL }),
        ...(UNTIL && { UNTIL: "" }),
      })
        .map(([name, value]) => [name, value.split(",").sort().join(",")])
        .sort(),
    );
  };
  return known(one) === known(other);
}

export function partsOf(rule: string): Record<string, string> {
  return Object.fromEntries(
    rule
      .toUpperCase()
      .replace(/\s/g, "")
      .split(";")
      .filter(Boolean)
      .map((part) => {
        const [name = "", value = ""] = part.split("=");
        return [name, value];
      }),
  );
}
