import { expect, test } from "vitest";
import { seededIds, ulid } from "./ids";

test("a ULID is its time and its chance", () => {
  expect(ulid(1_469_918_176_385, new Uint8Array(10))).toBe("01ARYZ6S410000000000000000");
  expect(ulid(1)).not.toBe(ulid(1));
});

test("the same seed gives the same ids, one per event", () => {
  const seed = `1469918176385,${Buffer.alloc(10, 255).toString("base64")}`;
  const ids = [0, 1, 2].map(seededIds(seed));
  expect([0, 1, 2].map(seededIds(seed))).toEqual(ids);
  expect(new Set(ids).size).toBe(3);
});

test("no seed, or a broken one, gives fresh ids", () => {
  for (const seed of [null, "", "x", "1,abc"]) expect(seededIds(seed)(0)).not.toBe(seededIds(seed)(0));
});
