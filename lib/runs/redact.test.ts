import { expect, test } from "vitest";
import { redact } from "./redact";

test.each([
  "9b2f1c1e-6f0a-4b39-9d53-0f6f1f6f2b11",
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "2027-01-04T09:00:00Z",
  "booking/requested",
  "calends-confirm-booking",
  "*/5 * * * *",
  "TZ=Europe/Berlin 0 8 * * 1-5",
])("%s tells nothing about anybody and is shown", (text) => expect(redact(text)).toBe(text));

test.each(["vera@example.test", "Vera Visitor", "+49 30 123456", "hunter2", "https://x.test/?k=1"])(
  "%s is withheld",
  (text) => expect(redact(text)).toBe("[withheld]"),
);

test("names of secrets withhold whatever they hold, at any depth", () => {
  expect(redact({ list: [{ password: 12345, n: 3, is: true, none: null }] })).toEqual({
    list: [{ password: "[withheld]", n: 3, is: true, none: null }],
  });
});
