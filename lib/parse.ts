import type { z } from "zod";
import { AppError } from "./errors";

/**
 * Input as the schema describes it.
 * @throws AppError invalid, naming the first field that is wrong
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const field = findNul(input);
  if (field !== null)
    throw new AppError("invalid", "This text has a character that cannot be kept.", { field });
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AppError("invalid", issue?.message ?? "This input is not right.", {
    field: issue?.path.join(".") ?? "",
  });
}

/** The path of the first text with U+0000, which PostgreSQL does not take; null when there is none. */
function findNul(input: unknown, path: string[] = []): string | null {
  if (typeof input === "string") return input.includes("\u0000") ? path.join(".") : null;
  if (typeof input !== "object" || input === null) return null;
  for (const [key, value] of Object.entries(input)) {
    const found = findNul(value, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}
