import { expect, test } from "vitest";
import { activitySummary, hourWords } from "./activity-words";
import { changesOf } from "./run-words";

const hour = (ok: number, failed: number) => ({
  startsAt: new Date(0),
  ok,
  failed,
  medianMs: ok + failed > 0 ? 120 : null,
  slowMs: ok + failed > 0 ? 1500 : null,
});

test("a day is summed up", () => {
  expect(activitySummary([hour(0, 0)])).toBe("Nothing ran in the last 24 hours.");
  expect(activitySummary([hour(1, 0)])).toBe("1 run in the last 24 hours, and all went well.");
  expect(activitySummary([hour(1000, 2), hour(10, 1)])).toBe(
    "1,013 runs in the last 24 hours, 3 of them failed.",
  );
  expect(activitySummary([hour(0, 2)])).toBe("2 runs in the last 24 hours, and all failed.");
});

test("an hour says what became of its runs, and how long they took", () => {
  expect(hourWords(hour(0, 0))).toBe("no runs");
  expect(hourWords(hour(12, 0))).toBe("12 went well; half took up to 120 ms, nearly all up to 1.5 s");
  expect(hourWords(hour(11, 1))).toBe(
    "11 went well, 1 failed; half took up to 120 ms, nearly all up to 1.5 s",
  );
});

test("a run says what it changed", () => {
  const run = { operation: "pull", status: "ok", created: 0, updated: 0, deleted: 0 } as const;
  expect(changesOf(run)).toBe("None");
  expect(changesOf({ ...run, created: 1200, deleted: 1 })).toBe("1,200 new, 1 removed");
  expect(changesOf({ ...run, operation: "watch" })).toBe("–");
});
