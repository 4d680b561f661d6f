import { type Clock, zoneCity } from "@/lib/time";
import { type Draft, timeOf } from "./draft";
import { ruleOf } from "./repeat";
import { ruleWords } from "./repeat-words";
import { whenText } from "./times";

/** What two versions of an appointment can differ in, and is chosen as one. */
export const parts = {
  title: { word: "Title", fields: ["title"] },
  when: {
    word: "When",
    fields: ["isAllDay", "startDay", "startTime", "endDay", "endTime", "timeZone"],
  },
  project: { word: "Project", fields: ["projectId"] },
  repeat: { word: "Repeats", fields: ["repeat"] },
  location: { word: "Location", fields: ["location"] },
  description: { word: "Description", fields: ["description"] },
} as const satisfies Record<string, { word: string; fields: readonly (keyof Draft)[] }>;
export type Part = keyof typeof parts;
export type Choice = "mine" | "theirs";

const names = Object.keys(parts) as Part[];

export function differing(one: Draft, other: Draft): Part[] {
  return names.filter((part) => !isSame(part, one, other));
}

/** What they changed and I did not is theirs, everything else mine, until somebody chooses. */
export function firstChoice(part: Part, { base, mine }: { base: Draft; mine: Draft }): Choice {
  return isSame(part, base, mine) ? "theirs" : "mine";
}

export function merge(mine: Draft, theirs: Draft, chosen: Partial<Record<Part, Choice>>): Draft {
  const taken = names
    .filter((part) => chosen[part] !== "mine")
    .flatMap((part) => parts[part].fields.map((field) => [field, theirs[field]] as const));
  return { ...mine, ...Object.fromEntries(taken) };
}

/** A part in words. */
export function partText(
  part: Part,
  draft: Draft,
  { clock, nameOf }: { clock: Clock; nameOf: (projectId: string | null) => string },
): string {
  switch (part) {
    case "when": {
      const text = whenText(timeOf(draft), { ...clock, timeZone: draft.timeZone });
      return draft.timeZone === clock.timeZone || draft.isAllDay
        ? text
        : `${text}, ${zoneCity(draft.timeZone)} time`;
    }
    case "project":
      return nameOf(draft.projectId);
    case "repeat": {
      const start = { day: draft.startDay, isAllDay: draft.isAllDay, timeZone: draft.timeZone };
      const rule = ruleOf(draft.repeat, start);
      return rule === null ? "Never" : ruleWords(rule, start, clock.locale);
    }
    default:
      return draft[part].trim() || "Nothing";
  }
}

function isSame(part: Part, one: Draft, other: Draft): boolean {
  if (part === "when") return JSON.stringify(whenOf(one)) === JSON.stringify(whenOf(other));
  if (part === "repeat") return ruleIn(one) === ruleIn(other);
  return parts[part].fields.every(
    (field) => String(one[field] ?? "").trim() === String(other[field] ?? "").trim(),
  );
}

const whenOf = (draft: Draft) => [timeOf(draft), draft.timeZone];
const ruleIn = ({ repeat, startDay: day, isAllDay, timeZone }: Draft) =>
  ruleOf(repeat, { day, isAllDay, timeZone });
