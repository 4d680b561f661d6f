import { expect, test } from "vitest";
import { instantAt } from "./instant-at";

const at = (time: string, day: string, startsAt: string, timeZone: string) =>
  instantAt(time, { day, startsAt: new Date(startsAt), timeZone }).toISOString();

test("on a usual day", () => {
  expect(at("09:30", "2027-03-01", "2027-02-28T23:00Z", "Europe/Brussels")).toBe("2027-03-01T08:30:00.000Z");
});

test("around changes: after one, in a skipped hour, and the first of a repeated one", () => {
  const spring = (time: string) => at(time, "2027-03-28", "2027-03-27T23:00Z", "Europe/Brussels");
  expect(spring("01:30")).toBe("2027-03-28T00:30:00.000Z");
  expect(spring("02:30")).toBe("2027-03-28T01:30:00.000Z");
  expect(spring("09:00")).toBe("2027-03-28T07:00:00.000Z");
  const autumn = (time: string) => at(time, "2027-10-31", "2027-10-30T22:00Z", "Europe/Brussels");
  expect(autumn("02:30")).toBe("2027-10-31T00:30:00.000Z");
  expect(autumn("23:45")).toBe("2027-10-31T22:45:00.000Z");
  expect(at("02:15", "2027-10-03", "2027-10-02T13:30Z", "Australia/Lord_Howe")).toBe(
    "2027-10-02T15:45:00.000Z",
  );
});
