import type { Dice } from "@/lib/availability/oracle/dice";
import { nastyText, nastyValue, nastyZone } from "./nasty";

/** Changes of the text of a feed, line by line: what is broken by hand, by a proxy, or by a program with a bug. */
export type TextMutation = (dice: Dice, text: string) => string;

const eol = "\r\n";

/** The same with its lines as a list. */
function onLines(change: (dice: Dice, lines: string[]) => string[]): TextMutation {
  return (dice, text) => change(dice, text.split(eol)).join(eol);
}

/** One line, at random, as others. */
function onLine(change: (dice: Dice, line: string) => string[], wanted = /./): TextMutation {
  return onLines((dice, lines) => {
    const candidates = [...lines.keys()].filter((at) => wanted.test(lines[at] ?? ""));
    if (candidates.length === 0) return lines;
    const at = dice.pick(candidates);
    return lines.toSpliced(at, 1, ...change(dice, lines[at] ?? ""));
  });
}

const property = /^(?!BEGIN|END)[A-Z-]+[:;]/;

function onProperty(change: (dice: Dice, name: string, rest: string) => string[]): TextMutation {
  return onLine((dice, line) => {
    const name = /^[A-Z-]+/.exec(line)?.[0] ?? "";
    return change(dice, name, line.slice(name.length));
  }, property);
}

export const lineMutations: Record<string, TextMutation> = {
  "a line is gone": onLine(() => []),
  "a line is there twice": onLine((_, line) => [line, line]),
  "a line is elsewhere": onLines((dice, lines) => {
    const at = dice.int(0, lines.length - 1);
    const [line = ""] = lines.slice(at, at + 1);
    return lines.toSpliced(at, 1).toSpliced(dice.int(0, lines.length - 1), 0, line);
  }),
  "lines are shuffled": onLines((dice, lines) => {
    const from = dice.int(0, lines.length - 1);
    const some = lines.slice(from, from + dice.int(2, 12));
    const keys = new Map(some.map((line) => [line, dice.int(0, 1000)]));
    const shuffled = some.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
    return lines.toSpliced(from, some.length, ...shuffled);
  }),
  "two lines are one": onLines((dice, lines) => {
    const at = dice.int(0, Math.max(0, lines.length - 2));
    return lines.toSpliced(at, 2, `${lines[at] ?? ""}${lines[at + 1] ?? ""}`);
  }),
  "a line is broken without a fold": onLine((dice, line) => {
    const at = dice.int(0, line.length);
    return [line.slice(0, at), line.slice(at)];
  }),
  "a line is folded into thousands": onLine(
    (dice, line) => [[...line.padEnd(dice.int(100, 3000), "y")].join(`${eol} `)],
    property,
  ),
  "a line is very long": onProperty((dice, name, rest) => [
    `${name}${rest}${"very long ".repeat(dice.int(1_000, 20_000))}`,
  ]),
  "blank lines, and lines of blanks": onLine((dice, line) => [line, "", dice.pick([" ", "\t", "   "]), ""]),
  "line feeds alone": (_, text) => text.replaceAll(eol, "\n"),
  "carriage returns alone": (_, text) => text.replaceAll(eol, "\r"),
  "line ends are doubled": (_, text) => text.replaceAll(eol, "\r\r\n"),
  "everything is indented": (_, text) => text.replaceAll(eol, `${eol} `),
  "names are in lower case": (_, text) => text.replace(/^[A-Z-]+/gm, (name) => name.toLowerCase()),
  "blanks about the colons": (_, text) => text.replace(/^([A-Z-]+):/gm, "$1 : "),
};

export const propertyMutations: Record<string, TextMutation> = {
  "a value makes no sense": onProperty((dice, name) => [`${name}:${nastyValue(dice, name)}`]),
  "a value makes no sense, with its parameters": onProperty((dice, name, rest) => [
    `${name}${/^(?:;[^:]*)?/.exec(rest)?.[0] ?? ""}:${nastyValue(dice, name)}`,
  ]),
  "a value is of another kind": onProperty((dice, name, rest) => [
    `${name};VALUE=${dice.pick(["DATE", "DATE-TIME", "PERIOD", "BINARY", "TEXT", "X-ODD", ""])}${rest}`,
  ]),
  "a property is there again, with another value": onProperty((dice, name, rest) => [
    `${name}${rest}`,
    `${name}:${nastyValue(dice, name)}`,
  ]),
  "a property has another name": onProperty((dice, _, rest) => [
    `${dice.pick(["DTSTART", "DTEND", "UID", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "SUMMARY", "STATUS", "X-"])}${rest}`,
  ]),
  "another zone": (dice, text) => {
    const zone = nastyZone(dice);
    return dice.chance(0.5)
      ? text.replace(/TZID=[^:;]*/, () => `TZID=${zone}`)
      : text.replace(/TZID=[^:;]*/g, () => `TZID=${zone}`);
  },
  "a zone for every event": (_, text) => {
    let count = 0;
    return text.replace(/TZID=[^:;]*/g, () => {
      count += 1;
      return `TZID=Zone ${count}`;
    });
  },
  "one UID for all": (dice, text) => {
    const uid = dice.pick(["", "same", nastyText(dice)]);
    return text.replace(/^UID:.*$/gm, () => `UID:${uid}`);
  },
  "no UIDs": (_, text) => text.replace(/^UID:.*\r\n/gm, ""),
  "stamped anew": (dice, text) => text.replace(/^DTSTAMP:.*$/gm, `DTSTAMP:2026010${dice.int(1, 9)}T120000Z`),
  "an odd parameter": onProperty((dice, name, rest) => [
    `${name}${dice.pick([";X=", ";X", ';X="a:b;c,d"', ';X="open', ";;", ";=", ";X=^n^'^^", ";X=a,b,c", ";tzid=UTC"])}${rest}`,
  ]),
  "thousands of parameters": onProperty((dice, name, rest) => [
    `${name}${";X-A=b".repeat(dice.pick([100, 3_000, 60_000]))}${rest}`,
  ]),
  "a group before the name": onProperty((_, name, rest) => [`item1.${name}${rest}`]),
  "thousands of properties": onProperty((dice, name, rest) => [
    `${name}${rest}`,
    ...Array.from({ length: dice.int(100, 3_000) }, (_, n) => `X-PROP-${n}:${n}`),
  ]),
  "hundreds of exceptions": onLine(
    (dice, line) => [
      line,
      `EXDATE:${Array.from({ length: dice.int(10, 800) }, (_, n) => `202606${10 + (n % 20)}T1000${10 + (n % 50)}Z`).join(",")}`,
    ],
    /^RRULE/,
  ),
  "the first time is off": onLine((_, line) => [line, `EXDATE${/[:;].*/.exec(line)?.[0] ?? ""}`], /^DTSTART/),
  "a rule more": onLine((dice, line) => [line, `RRULE:${nastyValue(dice, "RRULE")}`], /^DTSTART/),
  "a change to an instance": onLine(
    (dice, line) => [
      `RECURRENCE-ID${dice.pick(["", ";RANGE=THISANDFUTURE", ";VALUE=DATE"])}${/[:;].*/.exec(line)?.[0] ?? ""}`,
      line,
    ],
    /^DTSTART/,
  ),
};
