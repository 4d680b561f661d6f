import { expect, it } from "vitest";
import { calendar, event, starts, windowOf } from "./test-text";

/** A case of the tables in rfc-*.test.ts. */
export type Case = {
  name: string;
  /** Of the event, or of the master of a series. */
  lines: string[];
  /** The lines of each further event of the same UID. */
  others?: string[][];
  /** What stands beside the events: time zones. */
  beside?: string[];
  /** Days of UTC, the second left out. */
  window?: [from: string, to: string];
  /** Parted by blanks: days, floating times without Z, instants with it. */
  starts: string;
};

const always: [string, string] = ["1900-01-01", "2100-01-01"];

export function checkTable(cases: Case[]): void {
  it.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const got = inTime(() => starts(textOf(one), windowOf(...(one.window ?? always))));
    expect(got.join(" ")).toBe(one.starts.split(/\s+/).filter(Boolean).join(" "));
  });
}

/** Nothing may take a second: of the processor, since others use it too. */
export function inTime<T>(work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000_000).toBeLessThan(1);
  return result;
}

function textOf({ lines, others = [], beside = [] }: Case): string {
  return calendar(...beside, ...[lines, ...others].map((each) => event(...each)));
}
