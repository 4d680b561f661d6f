import { sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { expectSlots } from "../oracle";
import { insertWorlds } from "./insert";
import { smallerWorlds } from "./shrink";
import type { World } from "./world";

/** Starts and ends as ISO text, `from/to`. */
type Answer = string[];
/** `world` is the smallest that still differs. */
export type Mismatch = { index: number; world: World; onlyOracle: Answer; onlyDatabase: Answer };
export type Tally = { cases: number; slots: number; empty: number };

/**
 * Asks get_available_slots and the oracle the same questions; nothing stays in the database. Null: all answers are
 * equal, in the same order.
 */
export async function findMismatch(worlds: World[]): Promise<{ mismatch: Mismatch | null; tally: Tally }> {
  const expected = worlds.map(askOracle);
  const answers = await askDatabase(worlds);
  const tally = {
    cases: worlds.length,
    slots: expected.reduce((sum, slots) => sum + slots.length, 0),
    empty: expected.filter((slots) => slots.length === 0).length,
  };
  const at = worlds.findIndex((_, n) => differ(expected[n], answers[n]));
  const world = worlds[at];
  if (!world) return { mismatch: null, tally };
  return { mismatch: { index: at, ...(await shrink(world)) }, tally };
}

/** Takes away one thing after the other while the two still differ. */
async function shrink(world: World): Promise<Omit<Mismatch, "index">> {
  for (const smaller of smallerWorlds(world)) {
    const [answer] = await askDatabase([smaller]);
    if (differ(askOracle(smaller), answer)) return shrink(smaller);
  }
  const [expected, [found = []]] = [askOracle(world), await askDatabase([world])];
  return {
    world,
    onlyOracle: expected.filter((slot) => !found.includes(slot)),
    onlyDatabase: found.filter((slot) => !expected.includes(slot)),
  };
}

function differ(one: Answer | undefined, other: Answer | undefined): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function askOracle(world: World): Answer {
  return expectSlots(world).map(
    ({ startsAt, endsAt }) => `${startsAt.toISOString()}/${endsAt.toISOString()}`,
  );
}

class Enough extends Error {}

async function askDatabase(worlds: World[]): Promise<Answer[]> {
  const answers: Answer[] = worlds.map(() => []);
  try {
    await database().transaction(async (tx) => {
      await insertWorlds(tx, worlds);
      for (const { n, slot } of await ask(tx, worlds)) answers[n]?.push(slot);
      throw new Enough();
    });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return answers;
}

function ask(tx: Transaction, worlds: World[]) {
  const questions = worlds.map(({ eventType, question }, n) => ({ n, eventType: eventType.id, ...question }));
  const iso = (column: string) =>
    sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
  return tx.execute<{ n: number; slot: string }>(sql`
    select asked.n, ${iso("starts_at")} || '/' || ${iso("ends_at")} as slot
    from jsonb_to_recordset(${JSON.stringify(questions)}::text::jsonb) as asked(
        n int, "eventType" uuid, "from" timestamptz, "to" timestamptz, "now" timestamptz, "durationMinutes" int, "except" uuid),
      get_available_slots("eventType", "from", "to", "now", "durationMinutes", "except")
        with ordinality as slots(starts_at, ends_at, place)
    order by asked.n, place`);
}
