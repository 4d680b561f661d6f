import { expect } from "vitest";
import { type Stage, scenario } from "./scenario";

/** A step gives each value, and the next call of the function gets it back. */
function survives(name: string, values: unknown[], expected = values) {
  return scenario(name, ({ on, send, endOf, returned }: Stage) => {
    on("go", {}, async ({ step }) => {
      const back: unknown[] = [];
      for (const [index, value] of values.entries()) back.push(await step.run(`value-${index}`, () => value));
      await step.run("last", () => {});
      return back;
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toEqual(expected);
    };
  });
}

const large = "x".repeat(4_000_000);

export const values = [
  survives("a value that looks like data of a memo", [{ data: 1 }, { data: { data: null } }]),
  survives("a value that looks like an error of a memo", [
    { error: { name: "E", message: "m" } },
    { error: null },
  ]),
  survives("a value that looks like a typed memo", [
    { type: "data", data: 2 },
    { type: "input", input: [1] },
  ]),
  survives("a value with U+0000", ["a\u0000b", { "key\u0000": "\u0000" }]),
  survives(
    "nothing, null, zero and empty values",
    [undefined, null, 0, "", [], {}, false],
    [null, null, 0, "", [], {}, false],
  ),
  survives("text of all kinds", ["ä 漢 🗓", 'quo"te\\', "line\nline\r\t", "__proto__", "\u2028"]),
  survives(
    "numbers, dates and nested values",
    [1e21, -0.5, new Date(0), { a: [{ b: { c: [1, [2]] } }] }],
    [1e21, -0.5, "1970-01-01T00:00:00.000Z", { a: [{ b: { c: [1, [2]] } }] }],
  ),

  scenario("a value of 4 MB", ({ on, send, endOf, returned }) => {
    on("go", {}, async ({ step }) => {
      const back = await step.run("large", () => large);
      await step.run("after", () => {});
      return back === large;
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toBe(true);
    };
  }),

  scenario("an event with U+0000 and a value like a memo", ({ on, send, endOf, returned }) => {
    on("go", {}, ({ event, step }) => step.run("read", () => event.data.odd));
    return async () => {
      const odd = { text: "a\u0000b", type: "data", data: { error: null } };
      const id = await send("go", { odd });
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toEqual(odd);
    };
  }),
];
