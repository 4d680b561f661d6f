import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { asUser, database, type Transaction } from "./client";
import { sqlStateOf } from "./errors";
import { makeHost } from "./factories/users";
import { schedules, users } from "./schema";

const secret = "$scrypt$a-password-hash";
const failed = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => error,
  );

test("a failed query's error says what failed and carries none of its values", async () => {
  const insert = { email: "a@example.test", name: "a\u0000b", passwordHash: secret };
  for (const work of [
    async () => database().insert(users).values(insert),
    () => database().transaction((tx) => tx.insert(users).values(insert)),
    async () => database().execute(sql`select ${secret}::text, 1 / 0`),
    () => asUser(crypto.randomUUID(), (tx) => tx.execute(sql`select ${secret}::text, 1 / 0`)),
  ]) {
    const error = await failed(work());
    expect(error.message).toMatch(/^Failed query: /);
    expect(inspect(error, { depth: 9 })).not.toContain(secret);
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain(secret);
  }
});

test("the SQLSTATE is found however deep the error was wrapped", async () => {
  expect(sqlStateOf(await failed(database().execute(sql`select 1 / 0`)))).toBe("22012");
  expect(sqlStateOf(new Error("x"))).toBeUndefined();
});

test("queries are planned once per connection, in transactions and savepoints too, but not long lists", async () => {
  const isPlanned = async (tx: Transaction, comment: string) => {
    const [row] = await tx.execute(
      sql`select exists (select from pg_prepared_statements where statement like ${`%${comment}`}) as planned`,
    );
    return row?.planned;
  };
  await database().transaction(async (tx) => {
    await tx.execute(sql`select ${1}::int /* within */`);
    expect(await isPlanned(tx, "/* within */")).toBe(true);
    await tx.transaction((deeper) => deeper.execute(sql`select ${1}::int /* deeper */`));
    expect(await isPlanned(tx, "/* deeper */")).toBe(true);
    const list = sql.join(
      Array.from({ length: 61 }, (_, n) => sql`${n}::int`),
      sql`, `,
    );
    await tx.execute(sql`select ${list} /* long */`);
    expect(await isPlanned(tx, "/* long */")).toBe(false);
  });
});

test("a plan made for one user shows another nothing of theirs", async () => {
  const [ada, bob] = [await makeHost(), await makeHost()];
  const own = (userId: string) =>
    asUser(userId, (tx) => tx.select({ hostId: schedules.hostId }).from(schedules));
  // PostgreSQL may keep a plan for good from the sixth time on.
  for (let turn = 0; turn < 8; turn += 1)
    for (const { user } of [ada, bob])
      expect(new Set((await own(user.id)).map(({ hostId }) => hostId))).toEqual(new Set([user.id]));
});
