import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { waitAfter } from "./wait";

const minutes = (attempts: number, error: unknown) => waitAfter(attempts, error) / 60_000;
const busy = (retryAfterSeconds: number) => new AppError("unavailable", "Busy.", { retryAfterSeconds });

test("a copy that fails waits twice as long each time, up to six hours", () => {
  const waits = [1, 2, 3, 4, 9, 10, 1000].map((attempts) => minutes(attempts, new Error("Oops.")));
  expect(waits).toEqual([1, 2, 4, 8, 256, 360, 360]);
});

test("and never less than the other side asks for, within a day", () => {
  expect(minutes(1, busy(1_800))).toBe(30);
  expect(minutes(10, busy(60))).toBe(360);
  expect(minutes(1, busy(36_000))).toBe(600);
  expect(minutes(1, busy(10_000_000))).toBe(1_440);
});
