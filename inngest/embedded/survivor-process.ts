import { inngest } from "../client";
import { createEngine } from "./engine";
import { quiet, rows, url } from "./harness";

// One of the two processes of two-processes.db.test.ts. Every execution of a step notes when, where and under which
// key it ran, by the database's clock.

export const survivor = inngest.createFunction(
  {
    id: "survivor",
    concurrency: [{ limit: 2, key: "event.data.key" }],
    triggers: [{ event: "test/survive" }],
  },
  async ({ event, step, runId }) => {
    const note = (name: string) => step.run(name, () => noteWork(runId, name, String(event.data.key)));
    await note("first");
    await Promise.all([note("left"), note("right")]);
    return event.data.n;
  },
);

export const ticker = inngest.createFunction(
  { id: "ticker", triggers: [{ cron: "0 0 1 1 *" }] },
  async () => "ticked",
);

async function noteWork(run: string, step: string, key: string): Promise<void> {
  const [row] = await rows()<{ id: number }[]>`
    insert into work (run, step, key, pid, began) values (${run}, ${step}, ${key}, ${process.pid}, clock_timestamp())
    returning id`;
  await new Promise((resolve) => setTimeout(resolve, 2));
  await rows()`update work set ended = clock_timestamp() where id = ${row?.id ?? 0}`;
}

if (process.argv.includes("work")) await createEngine([survivor, ticker], { databaseUrl: url(), log: quiet });
