import fc from "fast-check";
import { NonRetriableError } from "inngest";
import { inngest } from "../client";

// Programs of steps, for the property that a crash changes nothing (durability-property.db.test.ts).

export type Program =
  | { do: "step"; name: string; failures: number }
  | { do: "fail"; name: string; isFinal: boolean }
  | { do: "sleep"; name: string }
  | { do: "sequence" | "parallel"; parts: Program[] };

const name = fc.constantFrom("a", "b", "c");

/** Names repeat on purpose. */
export const program = fc.letrec<{ program: Program }>((tie) => ({
  program: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ do: fc.constant("step"), name, failures: fc.constantFrom(0, 0, 0, 1, 2) }),
    fc.record({ do: fc.constant("fail"), name, isFinal: fc.boolean() }),
    fc.record({ do: fc.constant("sleep"), name }),
    fc.record({
      do: fc.constantFrom("sequence", "parallel"),
      parts: fc.array(tie("program"), { minLength: 1, maxLength: 4 }),
    }),
  ) as fc.Arbitrary<Program>,
})).program;

type Hands = {
  work(name: string, failures: number, value: string): Promise<string>;
  fail(name: string, isFinal: boolean): Promise<never>;
  sleep(name: string): Promise<void>;
};

/** What the program gives. `path` makes every value tell where it came from. */
export async function run(part: Program, hands: Hands, path = "0"): Promise<unknown> {
  switch (part.do) {
    case "step":
      return hands.work(part.name, part.failures, `${part.name}@${path}`);
    case "fail":
      return hands.fail(part.name, part.isFinal).catch((error: Error) => `caught ${error.message}`);
    case "sleep":
      await hands.sleep(part.name);
      return `slept@${path}`;
    case "parallel":
      return Promise.all(part.parts.map((inner, index) => run(inner, hands, `${path}.${index}`)));
    case "sequence": {
      const values: unknown[] = [];
      for (const [index, inner] of part.parts.entries())
        values.push(await run(inner, hands, `${path}.${index}`));
      return values;
    }
  }
}

/** Nothing but the program: no engine, no repetition. */
export const straight: Hands = {
  work: async (_name, _failures, value) => value,
  fail: async (name) => {
    throw new Error(`no ${name}`);
  },
  sleep: async () => {},
};

export const programRun = inngest.createFunction(
  { id: "program", retries: 2, triggers: [{ event: "test/program" }] },
  ({ event, step, attempt }) =>
    run(event.data.program as Program, {
      work: (id, failures, value) =>
        step.run(id, async () => {
          if (attempt < failures) throw new Error("not yet");
          return value;
        }),
      fail: (id, isFinal) =>
        step.run(id, async () => {
          throw isFinal ? new NonRetriableError(`no ${id}`) : new Error(`no ${id}`);
        }) as Promise<never>,
      sleep: (id) => step.sleepUntil(id, new Date("2020-01-01T00:00:00Z")),
    }),
);
