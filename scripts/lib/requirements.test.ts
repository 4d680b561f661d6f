import { expect, test } from "vitest";
import { connectionProblem, versionProblem } from "./database.mjs";
import { isNodeTooOld } from "./node-version.mjs";

test.each([
  ["18.20.4", true],
  ["20.18.3", true],
  ["20.19.0", false],
  ["22.0.0", false],
])("Node %s is too old: %s", (version, tooOld) => expect(isNodeTooOld(version)).toBe(tooOld));

test("PostgreSQL 15 will do, 14 will not", () => {
  expect(versionProblem("15.0 (Debian 15.0-1)")).toBeUndefined();
  expect(versionProblem("14.11")).toBe(
    "DATABASE_URL leads to PostgreSQL 14.11, and Calends needs 15 or newer.",
  );
});

test("what is wrong with DATABASE_URL is said without its password", () => {
  const address = new URL("postgres://anna:hush@db.example:5433/cal");
  const codes = ["ENOTFOUND", "ECONNREFUSED", "CONNECT_TIMEOUT", "28P01", "3D000"];
  const sentences = codes.map((code) => connectionProblem({ code, message: "no" }, address));
  for (const sentence of sentences) expect(sentence).toMatch(/db\.example/);
  expect(sentences.join()).not.toContain("hush");
  expect(connectionProblem({ code: "EOTHER" }, address)).toBeUndefined();
});
