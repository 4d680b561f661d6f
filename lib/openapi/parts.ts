import { z } from "zod";
import { snakeCase } from "@/lib/http/snake-case";
import { problem } from "./answers";

// What an OpenAPI document is made of, from the schemas that check what comes in and what a test holds answers against.

export function queryParameters(schema: z.ZodType) {
  const { properties = {}, required = [] } = schemaOf(schema, "input");
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as { description?: string };
    return { name, in: "query", required: required.includes(name), description, schema };
  });
}

export const body = (schema: z.ZodType) => ({ required: true, content: json(schemaOf(schema, "input")) });

export const ok = (status: number, schema: z.ZodType) => ({
  [status]: { description: "OK", content: json(schemaOf(schema, "output")) },
});

const problemNames: Record<number, string> = {
  400: "Something in the request is wrong",
  401: "Nobody is signed in",
  403: "You may not do this",
  404: "There is no such thing",
  409: "The time is taken, or the booking has changed",
  429: "Too many requests",
  503: "The calendar's server gives no answer",
};

export const problems = (...statuses: number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: problemNames[status], content: json(schemaOf(problem, "output")) },
    ]),
  );

export const json = (schema: object) => ({ "application/json": { schema } });

export function schemaOf(schema: z.ZodType, io: "input" | "output") {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io,
    // A format says it shorter than the pattern that stands beside it.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format) delete jsonSchema.pattern;
    },
  });
  return rest;
}

/** For who is signed in, in a browser or as a program. */
export const signedIn = [{ session: [] }, { token: [] }];

/** A JSON schema, and whatever holds one, with the names that the API has for the properties. */
export function inSnakeCase<T>(part: T): T {
  return renamed(part) as T;
}

function renamed(part: unknown): unknown {
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) return part.map(renamed);
  return Object.fromEntries(
    Object.entries(part).map(([keyword, value]) => {
      if (keyword === "const" && typeof value === "string") return [keyword, snakeCase(value)];
      if (keyword === "required" && Array.isArray(value)) return [keyword, value.map(snakeCase)];
      if (keyword === "properties")
        return [
          keyword,
          Object.fromEntries(Object.entries(value).map(([name, of]) => [snakeCase(name), renamed(of)])),
        ];
      return [keyword, renamed(value)];
    }),
  );
}

const when = z.iso.datetime();
const day = z.iso.date();

/** When something takes place, in every answer that says so. */
export const time = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("timed"), starts_at: when, ends_at: when }),
  z.strictObject({
    kind: z.literal("all_day"),
    start_day: day,
    end_day: day.describe("The day after the last one."),
  }),
]);
