import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { postBooking } from "./support/post";
import { type Product, startProduct } from "./support/product";
import { connect, seedHost } from "./support/seed";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

/** The day after tomorrow at `clock` UTC. */
function inTwoDays(clock: string): string {
  const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  return `${day}T${clock}:00Z`;
}

const form = (host: string, eventType: string, start: string) => ({
  host,
  eventType,
  start,
  name: "Vera Visitor",
  email: `${randomUUID()}@example.test`,
  timeZone: "Europe/Paris",
  idempotencyKey: randomUUID(),
});

test("fifty visitors submit one slot at once: one gets it, the others are told it was taken", async () => {
  const sql = connect(product.databaseUrl);
  const { handle } = await seedHost(sql);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => postBooking(product, form(handle, "short", inTwoDays("10:00")))),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const losers = answers.filter(({ status }) => status !== 201);
  expect(
    losers.map(({ status, body }) => [status, (body as { error: { code: string } }).error.code]),
  ).toEqual(losers.map(() => [409, "conflict"]));
  await sql.end();
});

test("fifty visitors submit overlapping slots of different event types at once: one gets its slot", async () => {
  const sql = connect(product.databaseUrl);
  const { id, handle } = await seedHost(sql);
  const overlapping: [string, string][] = [
    ["short", "10:00"],
    ["long", "09:15"],
    ["long", "09:45"],
    ["wide", "10:30"],
    ["wide", "09:30"],
  ];
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => {
      const [eventType, clock] = overlapping[n % overlapping.length] ?? ["short", "10:00"];
      return postBooking(product, form(handle, eventType, inTwoDays(clock)));
    }),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const codes = answers.flatMap(({ body }) => (body as { error?: { code: string } }).error?.code ?? []);
  expect(codes).toEqual(Array(49).fill("conflict"));
  const [held] =
    await sql`select count(*)::int as n from bookings where host_id = ${id} and status <> 'declined'`;
  expect(held?.n).toBe(1);
  await sql.end();
});

test("one visitor's submit, sent ten times at once, is one booking", async () => {
  const sql = connect(product.databaseUrl);
  const { id, handle } = await seedHost(sql);
  const same = form(handle, "short", inTwoDays("14:00"));
  const answers = await Promise.all(Array.from({ length: 10 }, () => postBooking(product, same)));
  expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
  const tokens = answers.map(({ body }) => (body as { booking: { token: string } }).booking.token);
  expect(new Set(tokens).size).toBe(1);
  const [held] = await sql`select count(*)::int as n from bookings where host_id = ${id}`;
  expect(held?.n).toBe(1);
  await sql.end();
});
