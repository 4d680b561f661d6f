/** One number. `bar` is what it should be; a note for people, and no judge: machines differ. */
export type Measure = {
  case: string;
  metric: string;
  value: number;
  unit: string;
  bar?: { atMost: number } | { atLeast: number };
};

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function print(measures: readonly Measure[]): void {
  const rows = measures.map(({ case: what, metric, value, unit, bar }) => [
    what,
    metric,
    `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`,
    bar ? judge(value, bar) : "",
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}

function judge(value: number, bar: NonNullable<Measure["bar"]>): string {
  if ("atMost" in bar) return `${value <= bar.atMost ? "✓" : "✗"} at most ${bar.atMost}`;
  return `${value >= bar.atLeast ? "✓" : "✗"} at least ${bar.atLeast}`;
}
