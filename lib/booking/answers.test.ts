import { expect, test } from "vitest";
import type { Question } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { readAnswers } from "./answers";

const question = (id: string, values: Partial<Question>): Question => ({
  id,
  label: `Question ${id}`,
  kind: "line",
  isRequired: false,
  options: [],
  ...values,
});

const questions = [
  question("topic", { isRequired: true }),
  question("more", { kind: "text" }),
  question("size", { kind: "choice", options: ["Small", "Large"], isRequired: true }),
  question("terms", { kind: "checkbox", isRequired: true }),
  question("news", { kind: "checkbox" }),
];
const complete = { topic: "Patents", size: "Large", terms: true };

const fieldOf = (given: Record<string, string | boolean>) => {
  try {
    readAnswers(questions, { ...complete, ...given });
    return "ok";
  } catch (error) {
    return error instanceof AppError ? `${error.code}:${error.field}` : String(error);
  }
};

test("answers keep the question as it was worded; what was left open is left out", () => {
  expect(
    readAnswers(questions, { ...complete, topic: " Patents ", more: "  ", gone: "from an older form" }),
  ).toEqual([
    { id: "topic", label: "Question topic", answer: "Patents" },
    { id: "size", label: "Question size", answer: "Large" },
    { id: "terms", label: "Question terms", answer: "Yes" },
    { id: "news", label: "Question news", answer: "No" },
  ]);
});

test("an answer that will not do names its question", () => {
  expect(fieldOf({ topic: "" })).toBe("invalid:answers.topic");
  expect(fieldOf({ topic: "two\nlines" })).toBe("invalid:answers.topic");
  expect(fieldOf({ topic: "x".repeat(301) })).toBe("invalid:answers.topic");
  expect(fieldOf({ topic: true })).toBe("invalid:answers.topic");
  expect(fieldOf({ more: "two\nlines" })).toBe("ok");
  expect(fieldOf({ more: "x".repeat(2001) })).toBe("invalid:answers.more");
  expect(fieldOf({ size: "Medium" })).toBe("invalid:answers.size");
  expect(fieldOf({ size: "" })).toBe("invalid:answers.size");
  expect(fieldOf({ terms: false })).toBe("invalid:answers.terms");
  expect(fieldOf({ terms: "yes" })).toBe("invalid:answers.terms");
  expect(fieldOf({ news: false })).toBe("ok");
});

test("questions of inherited names are not answered by what objects inherit", () => {
  expect(readAnswers([question("constructor", {})], {})).toEqual([]);
});
