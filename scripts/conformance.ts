import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { createBudget, shareOf } from "@/lib/ical/budget";
import { type ExpandedTime, expandEvents } from "@/lib/ical/expand";
import { groupByUid } from "@/lib/ical/group";
import { formatNaive } from "@/lib/ical/naive";
import { parseCalendar } from "@/lib/ical/parse";

/**
 * Holds lib/ical against a folder of calendars whose right occurrences are known:
 * `npm run conformance recurrence [-- --cases DIR] [--min PERCENT] [--json]`.
 * The folder's README has the rules of the comparison; contested cases are not scored.
 */
const slowestAllowed = 1000;

const itemSchema = z.object({ start: z.string(), end: z.string().optional() });
const caseSchema = z.object({
  id: z.string(),
  ics: z.string(),
  window: z.object({ start: z.coerce.date(), end: z.coerce.date() }),
  expected: z.array(itemSchema),
  contested: z.unknown().optional(),
});
type Case = z.infer<typeof caseSchema>;
type Item = z.infer<typeof itemSchema>;
type Result = { id: string; reason: string | null; endMismatch: string | null; milliseconds: number };

main();

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      cases: { type: "string", default: resolve(import.meta.dirname, "../../shared/corpus/recurrence") },
      min: { type: "string", default: "99" },
      json: { type: "boolean", default: false },
    },
  });
  if (positionals[0] !== "recurrence") fail('Say which conformance to measure: "recurrence".');
  const folder = resolve(values.cases);
  if (!existsSync(join(folder, "cases.json"))) fail(`There is no cases.json in ${folder}.`);

  const results = readCases(folder)
    .filter((one) => !one.contested)
    .map((one) => runCase(folder, one));
  if (values.json) printJson(results);
  else printReport(results);
  process.exitCode = isGoodEnough(results, Number(values.min)) ? 0 : 1;
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

function readCases(folder: string): Case[] {
  const text = readFileSync(join(folder, "cases.json"), "utf8");
  const { cases } = z.object({ cases: z.array(caseSchema) }).parse(JSON.parse(text));
  if (cases.length === 0) fail(`The cases.json in ${folder} holds no case.`);
  return cases;
}

function runCase(folder: string, { id, ics, window, expected }: Case): Result {
  const startedAt = performance.now();
  const outcome = expandText(join(folder, ics), window);
  const milliseconds = performance.now() - startedAt;
  const reason = compare(expected, outcome.items, startOf);
  const hasEnds = expected.length > 0 && expected.every(({ end }) => end !== undefined);
  return {
    id,
    reason: reason && [reason, ...outcome.problems].join("; "),
    endMismatch: reason === null && hasEnds ? compare(expected, outcome.items, startAndEnd) : null,
    milliseconds,
  };
}

function expandText(path: string, window: Case["window"]): { items: Item[]; problems: string[] } {
  try {
    const { events, unreadable } = parseCalendar(readFileSync(path, "utf8"));
    const problems = unreadable.map(({ uid, reason }) => `${uid || "an event"}: ${reason}`);
    const budget = createBudget(events.length);
    const items = groupByUid(events).flatMap((group) =>
      // The corpus holds days and floating times against the window as if they were UTC.
      expandEvents(group, { ...window, timeZone: "UTC" }, shareOf(budget)).map(({ time }) => itemOf(time)),
    );
    return { items, problems };
  } catch (error) {
    return { items: [], problems: [error instanceof Error ? error.message : String(error)] };
  }
}

function itemOf(time: ExpandedTime): Item {
  if (time.kind === "allDay") return { start: time.startDay, end: time.endDay };
  if (time.kind === "floating") return { start: formatNaive(time.start), end: formatNaive(time.end) };
  return { start: formatInstant(time.startsAt), end: formatInstant(time.endsAt) };
}

function formatInstant(date: Date): string {
  return `${formatNaive(date.getTime())}Z`;
}

function startOf(item: Item): string {
  return item.start;
}

function startAndEnd(item: Item): string {
  return `${item.start}|${item.end}`;
}

/** Null when both hold the same values equally often, else the difference in words. */
function compare(expected: Item[], got: Item[], read: (item: Item) => string): string | null {
  const missing = without(expected.map(read), got.map(read));
  const extra = without(got.map(read), expected.map(read));
  if (missing.length === 0 && extra.length === 0) return null;
  return `expected ${expected.length}, got ${got.length}; missing ${listed(missing)}; extra ${listed(extra)}`;
}

function without(values: string[], taken: string[]): string[] {
  const left = new Map<string, number>();
  for (const value of taken) left.set(value, (left.get(value) ?? 0) + 1);
  return values.filter((value) => {
    const times = left.get(value) ?? 0;
    left.set(value, times - 1);
    return times <= 0;
  });
}

function listed(values: string[]): string {
  if (values.length === 0) return "none";
  return values.slice(0, 3).join(", ") + (values.length > 3 ? ` and ${values.length - 3} more` : "");
}

function slowestOf(results: Result[]): Result | undefined {
  return results.toSorted((a, b) => b.milliseconds - a.milliseconds)[0];
}

function percentOf(results: Result[]): number {
  return (100 * results.filter(({ reason }) => reason === null).length) / results.length;
}

function isGoodEnough(results: Result[], min: number): boolean {
  return percentOf(results) >= min && (slowestOf(results)?.milliseconds ?? 0) <= slowestAllowed;
}

function printJson(results: Result[]): void {
  const misses = results.filter(({ reason }) => reason !== null).map(({ id, reason }) => ({ id, reason }));
  console.log(JSON.stringify({ passed: results.length - misses.length, total: results.length, misses }));
}

function printReport(results: Result[]): void {
  for (const { id, reason, endMismatch, milliseconds } of results) {
    if (reason) console.log(`miss ${id}: ${reason}`);
    if (endMismatch) console.log(`end  ${id}: ${endMismatch}`);
    if (milliseconds > slowestAllowed) console.log(`slow ${id}: ${Math.round(milliseconds)} ms`);
  }
  const passed = results.filter(({ reason }) => reason === null).length;
  const slowest = slowestOf(results);
  console.log(`${passed} of ${results.length} cases passed (${percentOf(results).toFixed(1)} %).`);
  if (slowest) console.log(`Slowest: ${slowest.id}, ${slowest.milliseconds.toFixed(1)} ms.`);
}
