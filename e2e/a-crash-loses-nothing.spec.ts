import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { type Radicale, startRadicale } from "./radicale";
import { bookFirstSlot, statusOf } from "./support/book";
import { connect, setUp } from "./support/host";
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
  const token = await bookFirstSlot(product);
  expect(await statusOf(product, token)).toBe("pending");
  await product.kill9();
  radicale.resume();
  await product.restart();
  await expectOneEvent(token);
});

test("killed at any moment after the submit, each booking is confirmed once and lies in the calendar once", async () => {
  test.setTimeout(240_000);
  for (const delay of [0, 40, 120, 250, 400]) {
    const token = await bookFirstSlot(product);
    await sleep(delay);
    await product.kill9();
    await product.restart();
    await expectOneEvent(token);
  }
  expect((await radicale.listIcs(work)).size).toBe(6);
});

async function expectOneEvent(token: string): Promise<void> {
  await expect.poll(() => statusOf(product, token), { timeout: 60_000 }).toBe("confirmed");
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
