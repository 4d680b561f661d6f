import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { expectSlots } from "./oracle";
import { changesOf, changingZones } from "./oracle/change-days";
import { findMismatch } from "./oracle/check";
import { localOf } from "./oracle/clock";
import { describeMismatch } from "./oracle/describe";
import type { World } from "./oracle/world";
import { randomWorld } from "./random-cases";

const seed = 20_261_121;

describe("get_available_slots and the oracle", () => {
  // Without a fixed seed: npm run fuzz slots.
  test("answer a thousand random worlds alike", { timeout: 240_000 }, async () => {
    for (let first = 0; first < 1000; first += 50) {
      const { mismatch } = await findMismatch(worlds(first, 50));
      if (mismatch) throw new Error(describeMismatch(mismatch, { seed, first }));
    }
  });

  test("are asked about worlds that say something", () => {
    const some = worlds(0, 100);
    const offering = some.filter((world) => expectSlots(world).length > 0);
    expect(offering.length).toBeGreaterThan(50);
    const atChange = some.filter(({ host, schedule, question }) =>
      changesOf(schedule.timeZone ?? host.timeZone).some(
        (change) =>
          change.epochMilliseconds >= question.from.getTime() - 86_400_000 &&
          change.epochMilliseconds < question.to.getTime() + 86_400_000,
      ),
    );
    expect(atChange.length).toBeGreaterThan(50);
  });

  test("are asked about feeds in which what the host decided makes a difference", () => {
    const slotsOf = (world: World) => JSON.stringify(expectSlots(world));
    const decided = worlds(0, 300).filter(({ localChanges = [] }) => localChanges.length > 0);
    const mattering = decided.filter((world) => slotsOf(world) !== slotsOf({ ...world, localChanges: [] }));
    expect(mattering.length).toBeGreaterThan(5);
  });

  test("know the same clocks in the years of these worlds", async () => {
    const around = Object.keys(changingZones).flatMap((zone) =>
      changesOf(zone).flatMap(({ epochMilliseconds: at }) => [
        { zone, at: at - 1000, local: localOf(at - 1000, zone).toString() },
        { zone, at, local: localOf(at, zone).toString() },
      ]),
    );
    expect(around.length).toBeGreaterThan(600);
    const wrong = await database().execute(sql`
      select zone, to_timestamp(at / 1000) as at, local as node, to_timestamp(at / 1000) at time zone zone as postgres
      from jsonb_to_recordset(${JSON.stringify(around)}::text::jsonb) as around(zone text, at float8, local timestamp)
      where to_timestamp(at / 1000) at time zone zone <> local`);
    expect([...wrong]).toEqual([]);
  });
});

function worlds(first: number, count: number) {
  return Array.from({ length: count }, (_, n) => randomWorld(seed, first + n));
}
