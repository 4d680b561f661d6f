import type { Dice } from "@/lib/availability/oracle/dice";

/** The day around which the feeds of the fuzz have their events, in the middle of the window they are read for. */
const middle = Date.UTC(2026, 5, 15);
const day = 86_400_000;

export function calendarOf(head: string[], ...blocks: string[][]): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", ...head, ...blocks.flat(), "END:VCALENDAR", ""].join("\r\n");
}

export function eventOf(...lines: (string | false)[]): string[] {
  return ["BEGIN:VEVENT", ...lines.filter((line) => line !== false), "END:VEVENT"];
}

/** Midnight of a day near the window, as a number that the others below take. */
export function randomDay(dice: Dice, days = 300): number {
  return middle + dice.int(-days, days) * day;
}

/** "20260615". */
export function dateText(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll("-", "");
}

/** "20260615T093000". */
export function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "");
}

export function hoursAfter(at: number, hours: number): number {
  return at + hours * 3_600_000;
}

export function daysAfter(at: number, days: number): number {
  return at + days * day;
}

/** Folded as the standard has it, by characters of one octet. */
export function folded(line: string): string {
  return line.replace(/(.{74})(?=.)/gu, "$1\r\n ");
}

const words =
  "Meeting Review Café Müller présentation 会議 Planung Ünïcode 🎉 lunch, with; all \\n done quarterly sync 1:1".split(
    " ",
  );

export function randomText(dice: Dice, most = 6): string {
  return dice.times(1, most, () => dice.pick(words)).join(" ");
}
