import { inngest } from "../client";
import { createEngine } from "./engine";
import { quiet, rows, url } from "./harness";

// A process to be killed: durability.db.test.ts starts this file, and runs the same function afterwards.

export const killed = inngest.createFunction(
  { id: "killed", triggers: [{ event: "test/kill" }] },
  async ({ step }) => {
    await step.run("before", () => note("before"));
    await step.run("deadly", async () => {
      await note("deadly");
      if (process.argv.includes("hang")) await new Promise(() => {});
    });
    return "survived";
  },
);

async function note(what: string): Promise<void> {
  await rows()`insert into noted (what) values (${what})`;
}

if (process.argv.includes("hang")) await createEngine([killed], { databaseUrl: url(), log: quiet });
