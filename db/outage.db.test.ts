import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { tolerateLateRollbacks, wireTo } from "@/db/factories/outage";
import { closeDatabase, database } from "./client";

async function ask(): Promise<number | undefined> {
  const [row] = await database().execute<{ n: number }>(sql`select 1 as n`);
  return row?.n;
}
const askOften = () => Promise.all(Array.from({ length: 40 }, ask));

test("after an outage of the database every query is answered again", async () => {
  tolerateLateRollbacks();
  // The settings are read at the first query.
  const wire = await wireTo(process.env.DATABASE_URL ?? "");
  process.env.DATABASE_URL = wire.url;
  onTestFinished(async () => {
    await closeDatabase();
    wire.close();
  });
  expect(await askOften()).toEqual(Array(40).fill(1));

  const underWay = Array.from({ length: 20 }, () =>
    database().transaction(async (tx) => {
      await tx.execute(sql`select pg_sleep(0.2)`);
      await tx.execute(sql`select 1`);
    }),
  );
  setTimeout(wire.cut, 100);
  const ends = await Promise.allSettled(underWay);
  expect(ends.every(({ status }) => status === "rejected")).toBe(true);

  await wire.mend();
  await expect.poll(() => askOften().catch(() => null), { timeout: 10_000 }).toEqual(Array(40).fill(1));
}, 30_000);
