import ICAL from "ical.js";
import { AppError } from "@/lib/errors";

/** One BEGIN…END block with its unfolded lines, still unread. */
export type Component = {
  /** Upper case. */
  name: string;
  lines: string[];
  children: Component[];
  /** False when the text went on without its END. */
  isClosed: boolean;
};

/** Splits a text into its VCALENDARs. Tolerates a BOM, any line ends, junk around the calendar, lines that lost the fold's blank. */
export function readComponents(text: string): Component[] {
  const roots: Component[] = [];
  const open: Component[] = [];
  for (const line of unfold(text)) {
    const edge = /^(BEGIN|END)\s*:\s*([\w-]+)\s*$/i.exec(line);
    const name = edge?.[2]?.toUpperCase() ?? "";
    if (!edge) open.at(-1)?.lines.push(line);
    else if (edge[1]?.toUpperCase() === "END") close(open, name);
    else begin(name, open, roots);
  }
  if (open.length > 0) throw new AppError("invalid", "The calendar stops in the middle.");
  return roots;
}

function begin(name: string, open: Component[], roots: Component[]): void {
  if (open.length === 0 && name !== "VCALENDAR") return;
  // An event never holds another: the one that is open lost its END.
  if (name === "VEVENT") while (open.length > 1) closeBroken(open);
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

function unfold(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.replace(/[\0\uFEFF]/g, "").split(/\r\n|\n|\r/)) {
    if (line.trim() === "") continue;
    const isFolded = line.startsWith(" ") || line.startsWith("\t");
    if (isFolded && lines.length > 0) lines[lines.length - 1] += line.slice(1);
    else lines.push(line);
  }
  return joinBroken(lines);
}

/** A line that names no property can only be the rest of one that was broken without a fold. */
function joinBroken(folded: string[]): string[] {
  const lines: string[] = [];
  for (const line of folded) {
    if (lines.length === 0 || /^[\w.-]+\s*[:;]/.test(line)) lines.push(line);
    else lines[lines.length - 1] += line;
  }
  return lines;
}

/** `type` is the VALUE parameter in lower case, or "unknown". */
export type Property = { name: string; params: Record<string, string>; type: string; value: string };

/** The component's properties among `names` (upper case), in the file's order. @throws AppError invalid for a line without sense */
export function readProperties(component: Component, names: ReadonlySet<string>): Property[] {
  const properties: Property[] = [];
  for (const line of component.lines) {
    const name = /^[\w-]+/.exec(line)?.[0].toUpperCase();
    if (name && names.has(name)) properties.push(readProperty(line));
  }
  return properties;
}

/**
 * ical.js reads the line: parameters, quoting, escapes. Values other than text stay as they are written, since
 * its own types throw on a dirty date or rule, or bend it into another one.
 */
const design: typeof ICAL.design.icalendar = {
  ...ICAL.design.icalendar,
  param: ICAL.design.icalendar.param,
  value: { text: ICAL.design.icalendar.value.text },
  property: {
    uid: { defaultType: "text" },
    summary: { defaultType: "text" },
    description: { defaultType: "text" },
    location: { defaultType: "text" },
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
    return { name: name.toUpperCase(), params, type, value: value.trim() };
  } catch (cause) {
    // A title is not worth an event; a start read without its parameters would be a wrong one.
    const text = /^(SUMMARY|DESCRIPTION|LOCATION)[^:]*:(.*)$/i.exec(line);
    if (text) return readProperty(`${text[1]}:${text[2]}`);
    throw new AppError("invalid", `The line "${line.slice(0, 80)}" cannot be read.`, { cause });
  }
}

/** Exchange writes `TZID=(UTC+01:00) Berlin` without the quotes its colon needs. No date holds a colon. */
function quoteZone(line: string): string {
  return line.replace(/^([\w-]+(?:;[^":]*)?;TZID=)([^";:]*:[^";]*):([^:]*)$/i, '$1"$2":$3');
}
