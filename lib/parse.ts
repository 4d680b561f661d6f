import type { z } from "zod";
import { AppError } from "./errors";

/**
 * Input as the schema describes it.
 * @throws AppError invalid, naming the first field that is wrong
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AppError("invalid", issue?.message ?? "This input is not right.", {
    field: issue?.path.join(".") ?? "",
  });
}
