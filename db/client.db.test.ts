import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { asUser, database } from "./client";
import { sqlStateOf } from "./errors";
import { users } from "./schema";

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
