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

test("a field that a strict form does not have is named", () => {
  const strict = z.strictObject({ name: z.string(), place: z.strictObject({}).optional() });
  const refused = (field: string) => expect.objectContaining({ code: "invalid", field });
  expect(() => parseInput(strict, { name: "a", colour: "red" })).toThrow(refused("colour"));
  expect(() => parseInput(strict, { name: "a", place: { city: "b" } })).toThrow(refused("place.city"));
});
