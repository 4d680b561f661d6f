import { expect, test } from "vitest";
import { copyDay, describeWeek, findMistakes, nextInterval, type Row } from "./week";

const row = (id: number, weekday: number, startMinute: number, endMinute: number): Row => ({
  id,
  weekday,
  startMinute,
  endMinute,
});

test("a new interval follows the last one, else fills the first gap, and a full day takes no more", () => {
  expect(nextInterval([], 1)).toEqual({ weekday: 1, startMinute: 540, endMinute: 1020 });
  expect(nextInterval([row(1, 1, 540, 720)], 1)).toEqual({ weekday: 1, startMinute: 780, endMinute: 840 });
  expect(nextInterval([row(1, 1, 540, 1410)], 1)).toEqual({ weekday: 1, startMinute: 1410, endMinute: 1440 });
  expect(nextInterval([row(1, 1, 1200, 1440), row(2, 1, 0, 600)], 1)).toEqual({
    weekday: 1,
    startMinute: 600,
    endMinute: 1200,
  });
  expect(nextInterval([row(1, 1, 0, 1440)], 1)).toBeNull();
});

test("copying a day replaces the others it goes to", () => {
  let id = 10;
  const copied = copyDay([row(1, 1, 540, 720), row(2, 2, 0, 60), row(3, 3, 0, 60)], 1, [2], () => id++);
  expect(copied).toEqual([row(1, 1, 540, 720), row(3, 3, 0, 60), row(10, 2, 540, 720)]);
});

test("mistakes belong to their row", () => {
  expect([...findMistakes([row(7, 1, 540, 720), row(8, 1, 700, 800)]).keys()]).toEqual([8]);
});

test("days in a row with the same hours are said once", () => {
  const week = [1, 2, 3, 5].map((weekday) => ({ weekday, startMinute: 540, endMinute: 1020 }));
  expect(describeWeek(week)).toEqual(["Monday to Wednesday 09:00–17:00", "Friday 09:00–17:00"]);
  expect(describeWeek([])).toEqual([]);
});
