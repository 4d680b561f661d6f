import type { z } from "zod";
import { AppError } from "./errors";

/**
 * Input as the schema describes it.
 * @throws AppError invalid, naming the first field that is wrong
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const path = findUnkeepable(input);
  if (path)
    throw new AppError("invalid", "This text has a character that cannot be kept.", {
      field: path.join("."),
    });
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join(".");
  const sentence = unknown === undefined ? issue?.message : "There is no such field.";
  throw new AppError("invalid", sentence ?? "This input is not right.", { field });
}

// No form comes near it, and a body of brackets alone would fill the stack.
const deepest = 32;

/**
 * The path of the first text PostgreSQL does not take: with U+0000 anywhere, or in JSON with half a surrogate pair;
 * null when there is none.
 */
function findUnkeepable(input: unknown, depth = 0): string[] | null {
  if (typeof input === "string") return /\0|\p{Surrogate}/u.test(input) ? [] : null;
  if (typeof input !== "object" || input === null) return null;
  if (depth === deepest) throw new AppError("invalid", "This is nested too deeply.");
  for (const [key, value] of Object.entries(input)) {
    const path = findUnkeepable(value, depth + 1);
    if (path) return [key, ...path];
  }
  return null;
}
