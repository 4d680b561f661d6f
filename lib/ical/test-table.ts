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

/** What a case may take, in milliseconds. */
const slowest = 1000;
const always: [string, string] = ["1900-01-01", "2100-01-01"];

export function checkTable(cases: Case[]): void {
  it.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const startedAt = performance.now();
    const got = starts(textOf(one), windowOf(...(one.window ?? always)));
    const took = performance.now() - startedAt;
    expect(got.join(" ")).toBe(wordsOf(one.starts).join(" "));
    expect(took).toBeLessThan(slowest);
  });
}

export function textOf({
  lines,
  others = [],
  beside = [],
}: Pick<Case, "lines" | "others" | "beside">): string {
  return calendar(...beside, ...[lines, ...others].map((each) => event(...each)));
}

export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
