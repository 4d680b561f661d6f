import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { asUser, database } from "./client";
import { sqlState, sqlStateOf } from "./errors";
import { makeHost } from "./factories/users";
import { blockedTimes } from "./schema";

const deadlock = sql.raw(`do $$ begin raise exception sqlstate '${sqlState.deadlockDetected}'; end $$`);

test("a request that met others in a circle is begun anew, and nothing of the first try is left", async () => {
  const { viewer } = await makeHost();
  let tries = 0;
  await asUser(viewer.userId, async (tx) => {
    tries += 1;
    await tx.insert(blockedTimes).values({
      hostId: viewer.userId,
      startsAt: "2027-01-04 09:00:00",
      endsAt: "2027-01-04 10:00:00",
      timeZone: "UTC",
    });
    if (tries < 3) await tx.execute(deadlock);
  });
  expect(tries).toBe(3);
  expect(await database().$count(blockedTimes, sql`host_id = ${viewer.userId}`)).toBe(1);
});

test("what ends in a circle each time is an error in the end, and any other error is one at once", async () => {
  const { viewer } = await makeHost();
  const endWith = async (statement: ReturnType<typeof sql.raw>) => {
    let tries = 0;
    const state = await asUser(viewer.userId, (tx) => {
      tries += 1;
      return tx.execute(statement);
    }).catch(sqlStateOf);
    return { tries, state };
  };
  expect(await endWith(deadlock)).toEqual({ tries: 4, state: "40P01" });
  expect(await endWith(sql.raw("select 1 / 0"))).toEqual({ tries: 1, state: "22012" });
});
