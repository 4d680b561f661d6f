import { expect, it } from "vitest";
import { createQuota } from "./quota";

const hour = 3_600_000;

/** When each of so many requests may go, all asked for at once. */
function departures(count: number, { users = 1, units = 1 } = {}): number[] {
  const quota = createQuota();
  const take = (user: string) => quota.take(user, units, hour, 0) ?? Number.NaN;
  return Array.from({ length: count }, (_, index) => take(`user ${index % users}`));
}

const mostInAnyMinute = (times: number[]) =>
  Math.max(...times.map((from) => times.filter((at) => at > from - 60_000 && at <= from).length));

it("lets a user ask 600 times in any minute", () => {
  const times = departures(1500);
  expect(times.filter((at) => at === 0)).toHaveLength(600);
  expect(mostInAnyMinute(times)).toBe(600);
  expect(times.at(-1)).toBe(120_000);
});

it("counts a patch three times", () => {
  expect(departures(300, { units: 3 }).filter((at) => at === 0)).toHaveLength(200);
});

it("lets all users together ask 10,000 times", () => {
  const times = departures(10_100, { users: 50 });
  expect(times.filter((at) => at === 0)).toHaveLength(10_000);
  expect(times.at(-1)).toBe(60_000);
});

it("slides: what lies a minute back is free again", () => {
  const quota = createQuota();
  for (let second = 0; second < 60; second++) {
    for (let count = 0; count < 10; count++) expect(quota.take("ada", 1, 0, second * 1000)).toBe(0);
  }
  expect(quota.take("ada", 1, 0, 59_999)).toBeNull();
  expect(quota.take("ada", 1, 10, 59_999)).toBe(1);
  expect(quota.take("ada", 10, 0, 60_000)).toBeNull();
  expect(quota.take("ada", 9, 0, 60_000)).toBe(0);
});

it("takes nothing for who will not wait, and nothing from another", () => {
  const quota = createQuota();
  for (let count = 0; count < 600; count++) quota.take("ada", 1, 0, 0);
  for (let count = 0; count < 100; count++) expect(quota.take("ada", 1, 59_999, 0)).toBeNull();
  expect(quota.take("ada", 1, 60_000, 0)).toBe(60_000);
  expect(quota.take("grace", 1, 0, 0)).toBe(0);
});

it("forgets who has not asked for a while", () => {
  const quota = createQuota();
  for (let count = 0; count < 5000; count++) quota.take(`user ${count}`, 1, 0, count * 60_000);
  expect(quota.take("user 1", 600, 0, 5001 * 60_000)).toBe(0);
});

it("is not confused for long by a clock that was put back", () => {
  const quota = createQuota();
  for (let count = 0; count < 600; count++) quota.take("ada", 1, 0, hour);
  expect(quota.take("ada", 1, 0, 0)).toBe(0);
});
