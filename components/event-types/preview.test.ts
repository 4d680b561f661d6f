import { expect, test } from "vitest";
import { planPreview } from "./preview";

const lengths = { duration: 30, interval: 30, before: 0, after: 0 };
const partsOf = (changes: object) =>
  planPreview({ ...lengths, ...changes })?.parts.map(({ kind, minutes }) => `${kind} ${minutes}`);

test("without buffers meetings touch the event", () => {
  expect(planPreview(lengths)).toMatchObject({ lastStart: 690, firstStart: 780 });
  expect(partsOf({})).toEqual(["meeting 30", "event 60", "meeting 30"]);
});

test("the after-buffer lies before the event, the before-buffer after it, and starts keep to the grid", () => {
  expect(planPreview({ ...lengths, before: 10, after: 20 })).toMatchObject({
    kept: { from: 590, to: 650 },
    lastStart: 660,
    firstStart: 810,
  });
  expect(partsOf({ before: 10, after: 20 })).toEqual([
    "meeting 30",
    "buffer 20",
    "open 10",
    "event 60",
    "open 20",
    "buffer 10",
    "meeting 30",
  ]);
});

test("a meeting too long for the morning has no start before the event", () => {
  expect(planPreview({ ...lengths, duration: 181 })).toMatchObject({ lastStart: null });
});

test.each([{ duration: Number.NaN }, { duration: 0 }, { interval: 0 }, { before: -1 }])(
  "nothing is drawn for %j",
  (changes) => {
    expect(planPreview({ ...lengths, ...changes })).toBeNull();
  },
);
