import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { type Radicale, startRadicale } from "./radicale";
import { connect, setUp } from "./support/host";
import { postJson } from "./support/post";
import { type Product, startProduct } from "./support/product";
import { connect as open } from "./support/seed";

let product: Product;
let radicale: Radicale;
let work: string;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  [product, radicale] = await Promise.all([startProduct(), startRadicale()]);
  work = await radicale.makeCalendar("work", { displayName: "Work" });
  const page = await browser.newPage();
  await setUp(page, product);
  await connect(page, product, radicale, { blocking: ["Work"], receiving: "Work" });
  await page.close();
});
test.afterAll(async () => {
  radicale?.resume();
  await Promise.all([product?.stop(), radicale?.stop()]);
});

test("the server is killed between hold and confirmation: afterwards the booking is confirmed once", async () => {
  radicale.pause();
  const token = await book();
  expect(await statusOf(token)).toBe("pending");
  await product.kill9();
  radicale.resume();
  await product.restart();
  await expectOneEvent(token);
});

test("killed at any moment after the submit, each booking is confirmed once and lies in the calendar once", async () => {
  test.setTimeout(240_000);
  for (const delay of [0, 40, 120, 250, 400]) {
    const token = await book();
    await sleep(delay);
    await product.kill9();
    await product.restart();
    await expectOneEvent(token);
  }
  expect((await radicale.listIcs(work)).size).toBe(6);
});

/** Books the first free slot over the API. */
async function book(): Promise<string> {
  const from = new Date(Date.now() + 86_400_000).toISOString();
  const to = new Date(Date.now() + 20 * 86_400_000).toISOString();
  const query = new URLSearchParams({ host: "hanna", event_type: "30-minutes", from, to });
  const { slots } = await (await fetch(`${product.url}/api/v1/slots?${query}`)).json();
  const answer = await postJson(`${product.url}/api/v1/bookings`, {
    host: "hanna",
    eventType: "30-minutes",
    start: slots[0].start,
    name: "Vera Visitor",
    email: "vera@example.test",
    timeZone: "Europe/Paris",
    idempotencyKey: randomUUID(),
  });
  expect(answer.status).toBe(201);
  return (answer.body as { booking: { token: string } }).booking.token;
}

async function statusOf(token: string): Promise<string> {
  const answer = await fetch(`${product.url}/api/v1/bookings/${token}`);
  return (await answer.json()).booking.status;
}

async function expectOneEvent(token: string): Promise<void> {
  await expect.poll(() => statusOf(token), { timeout: 60_000 }).toBe("confirmed");
  const ics = await (await fetch(`${product.url}/booking/${token}/event.ics`)).text();
  const uid = /^UID:(.+)$/m.exec(ics)?.[1]?.trim() ?? "";
  const copies = async () =>
    [...(await radicale.listIcs(work)).values()].filter((text) => text.includes(uid)).length;
  await expect.poll(copies, { timeout: 60_000 }).toBe(1);

  const sql = open(product.databaseUrl);
  const [rows] = await sql`select count(*)::int as n from appointments where uid = ${uid}`;
  await sql.end();
  expect(rows?.n).toBe(1);
}
