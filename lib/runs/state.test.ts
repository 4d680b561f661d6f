import { expect, test } from "vitest";
import { stateOf } from "./state";

const now = new Date("2027-01-04T12:00:00Z");
const idle = { isLeased: false, isParked: false, attempt: 0, dueAt: now };

test.each([
  ["running", { isLeased: true, attempt: 2 }],
  ["retrying", { attempt: 1 }],
  ["queued", {}],
  ["queued", { isParked: true, dueAt: new Date(now.getTime() + 1) }],
  ["queued", { dueAt: null }],
  ["waiting", { dueAt: new Date(now.getTime() + 1) }],
])("an active run is %s with %o", (state, queue) => {
  expect(stateOf("running", { ...idle, ...queue }, now)).toBe(state);
});

test("a run that is over is what became of it", () => {
  expect(stateOf("failed", { ...idle, isLeased: true }, now)).toBe("failed");
});
