import ICAL from "ical.js";
import { AppError } from "@/lib/errors";

/** One BEGIN…END block with its unfolded lines, still unread. */
export type Component = {
  /** Upper case. */
  name: string;
  /** Their names are in upper case. What is no property is left as it is. */
  lines: string[];
  children: Component[];
  /** False when the text went on without its END. */
  isClosed: boolean;
};

// VCALENDAR, VEVENT, VALARM are three.
const deepest = 10;
const longestEdge = 100;
const edgePattern = /^(BEGIN|END)\s*:\s*([\w-]+)\s*$/i;

/**
 * Splits a text into its VCALENDARs. Tolerates a BOM, any line ends, junk around the blocks, and lines broken
 * without the blank of a fold. @throws AppError invalid when a calendar is not whole
 */
export function readComponents(text: string): Component[] {
  const roots: Component[] = [];
  const open: Component[] = [];
  for (const line of unfold(text)) {
    const edge = edgePattern.exec(line);
    const name = edge?.[2]?.toUpperCase() ?? "";
    if (!edge) open.at(-1)?.lines.push(tidyName(line));
    else if (edge[1]?.toUpperCase() === "END") close(open, name);
    else begin(name, open, roots);
  }
  if (open.length > 0) throw cutOff();
  return roots;
}

// What is missing cannot be told from what was deleted, so half a calendar is none.
function cutOff(): AppError {
  return new AppError("invalid", "The calendar stops in the middle.");
}

function begin(name: string, open: Component[], roots: Component[]): void {
  if (open.length === 0 && name !== "VCALENDAR") return;
  if (open.length > 0 && name === "VCALENDAR") throw cutOff();
  // An event never holds another: the one that is open lost its END.
  if (name === "VEVENT") while (open.length > 1) closeBroken(open);
  if (open.length === deepest) throw new AppError("invalid", "The calendar is nested too deeply.");
  const component = { name, lines: [], children: [], isClosed: true };
  (open.at(-1)?.children ?? roots).push(component);
  open.push(component);
}

function close(open: Component[], name: string): void {
  if (!open.some((component) => component.name === name)) return;
  while (open.at(-1)?.name !== name) closeBroken(open);
  open.pop();
}

function closeBroken(open: Component[]): void {
  const component = open.pop();
  if (component) component.isClosed = false;
}

// They mean nothing in a text, and neither PostgreSQL nor XML takes all of them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is left out
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\uFEFF]/g;

function unfold(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.replace(controls, "").split(/\r\n|\n|\r/)) {
    const isFolded = line.startsWith(" ") || line.startsWith("\t");
    // A fold may hold nothing but blanks of the text.
    if (isFolded && lines.length > 0) lines[lines.length - 1] += line.slice(1);
    else if (line.trim() !== "") lines.push(line);
  }
  return joinBroken(lines);
}

/** A line that names no property is the rest of one that was broken without a fold, or junk between blocks. */
function joinBroken(folded: string[]): string[] {
  const lines: string[] = [];
  let canContinue = false;
  for (const line of folded) {
    const isRest = canContinue && !propertyPattern.test(line);
    if (isRest) lines[lines.length - 1] += line;
    else lines.push(line);
    const whole = lines[lines.length - 1] ?? "";
    // Looking into a long line each time one is added to it would take for ever.
    canContinue = whole.length > longestEdge || !edgePattern.test(whole);
  }
  return lines;
}

const propertyPattern = /^[\w.-]+\s*[:;]/;

/** Whether it has the form of a property, known or not. */
export function isProperty(line: string): boolean {
  return propertyPattern.test(line);
}

/** "Summary :x" is SUMMARY:x. */
function tidyName(line: string): string {
  if (/^[A-Z\d-]+[:;]/.test(line)) return line;
  const name = propertyPattern.exec(line)?.[0];
  if (!name) return line;
  return name.slice(0, -1).trim().toUpperCase() + line.slice(name.length - 1);
}

/** `type` is the VALUE parameter in lower case, or "unknown". */
export type Property = { name: string; params: Record<string, string>; type: string; value: string };

/** The properties among `names` (upper case), in the file's order. @throws AppError invalid for one without sense */
export function readProperties(component: Component, names: ReadonlySet<string>): Property[] {
  const properties: Property[] = [];
  for (const line of component.lines) {
    const name = /^[\w-]+/.exec(line)?.[0].toUpperCase();
    if (!name || !names.has(name)) continue;
    const property = readProperty(line);
    // "TZIDé:x" begins like one of them and is none.
    if (names.has(property.name)) properties.push(property);
  }
  return properties;
}

/**
 * ical.js reads the line: parameters, quoting, escapes. Values other than text stay as they are written, since
 * its own types throw on a dirty date or rule, or bend it into another one.
 */
const design: typeof ICAL.design.icalendar = {
  ...ICAL.design.icalendar,
  value: { text: ICAL.design.icalendar.value.text },
  property: {
    uid: { defaultType: "text" },
    summary: { defaultType: "text" },
    description: { defaultType: "text" },
    location: { defaultType: "text" },
    name: { defaultType: "text" },
    "x-wr-calname": { defaultType: "text" },
  },
};

/** What `design` leaves: one raw value, and parameters without lists among those we ask for. */
type JcalProperty = [name: string, params: Record<string, string>, type: string, value: string];

function readProperty(line: string): Property {
  // ical.js searches the whole line once per parameter: a line of nothing else would take hours.
  if (line.length > 2000 && line.replace(/"[^"]*"/g, "").search(/:|$/) > 2000) {
    throw new AppError("invalid", `The line "${line.slice(0, 80)}" is too long.`);
  }
  try {
    const [name, params, type, value] = ICAL.parse.property(quoteZone(line), design) as JcalProperty;
    return { name: name.trim().toUpperCase(), params, type, value: value.trim() };
  } catch (cause) {
    // A title is not worth an event; a start read without its parameters would be a wrong one.
    const text = /^(SUMMARY|DESCRIPTION|LOCATION)[^:]*:(.*)$/i.exec(line);
    if (text) return readProperty(`${text[1]}:${text[2]}`);
    throw new AppError("invalid", `The line "${line.slice(0, 80)}" cannot be read.`, { cause });
  }
}

/** The first of these that can be read; "" for none. */
export function findText(component: Component, name: string): string {
  try {
    return readProperties(component, new Set([name]))[0]?.value ?? "";
  } catch {
    return "";
  }
}

/** Exchange writes `TZID=(UTC+01:00) Berlin` without the quotes its colon needs. No date holds a colon. */
export function quoteZone(line: string): string {
  return line.replace(/^([\w-]+(?:;[^":]*)?;TZID=)([^";:]*:[^";]*):([^:]*)$/i, '$1"$2":$3');
}
