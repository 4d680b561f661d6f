import { expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "./errors";
import { parseInput } from "./parse";

const form = z.object({ name: z.string().optional(), answers: z.record(z.string(), z.string()).optional() });

function refusalOf(input: unknown): string {
  try {
    parseInput(form, input);
    return "taken";
  } catch (error) {
    return error instanceof AppError ? `${error.code}:${error.field ?? ""}` : String(error);
  }
}

test("what PostgreSQL cannot keep is refused, by the field it is in", () => {
  expect(refusalOf({ name: "a\u0000b" })).toBe("invalid:name");
  // Its JSON takes no half of a pair.
  expect(refusalOf({ answers: { one: "fine 👍", two: "half \ud83d" } })).toBe("invalid:answers.two");
  expect(refusalOf({ answers: { one: "fine 👍" } })).toBe("taken");
});

test("brackets in brackets are refused before they fill the stack", () => {
  const brackets = JSON.parse("[".repeat(30_000) + "]".repeat(30_000));
  expect(refusalOf({ name: brackets })).toBe("invalid:");
});
