import { expect, test } from "vitest";
import { findUrl } from "./url";

test("is an address, or none", () => {
  expect(findUrl("https://feeds.example/a.ics")?.host).toBe("feeds.example");
  expect(findUrl("../b", "https://feeds.example/a/c")?.pathname).toBe("/b");
  for (const text of ["", "feeds.example", "https://", "http://a b/"]) expect(findUrl(text)).toBeNull();
});

test("stays one, however often it is asked", () => {
  for (let times = 0; times < 20_000; times += 1)
    if (!findUrl("https://bücher.example/")) expect.fail(`refused after ${times} times`);
});
