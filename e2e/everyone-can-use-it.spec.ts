import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, test } from "@playwright/test";
import type axe from "axe-core";
import { type Radicale, startRadicale } from "./radicale";
import { connect, setUp, signIn } from "./support/host";
import { type Product, startProduct } from "./support/product";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let product: Product;
let radicale: Radicale;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  [product, radicale] = await Promise.all([startProduct(), startRadicale()]);
  await radicale.makeCalendar("work", { displayName: "Work" });
  const page = await browser.newPage();
  await setUp(page, product);
  await connect(page, product, radicale, { blocking: ["Work"], receiving: "Work" });
  await page.close();
});
test.afterAll(async () => {
  await Promise.all([product?.stop(), radicale?.stop()]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the public pages, ${colorScheme} @phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${product.url}/book/hanna`);
    await check(page, `host-${colorScheme}`);
    await page.goto(`${product.url}/book/hanna/30-minutes`);
    await expect(page.getByRole("gridcell", { name: /\d times? available/ }).first()).toBeVisible();
    await check(page, `booking-page-${colorScheme}`);
    // A phone shows the days first; a wide screen has the first free day's times beside them.
    const day = page.getByRole("gridcell", { name: /\d times? available/ }).first();
    const time = page.getByRole("button", { name: / to .* time$/ }).first();
    if (!(await time.isVisible())) await day.click();
    await time.click();
    await expect(page.getByRole("heading", { name: "Your details" })).toBeVisible();
    await page.getByRole("button", { name: "Confirm booking" }).click();
    await expect(page.getByText("Tell us your name.")).toBeVisible();
    await check(page, `booking-errors-${colorScheme}`);
    await page.getByLabel("Name").fill("Vera Visitor");
    await page.getByLabel("E-mail").fill("vera@example.test");
    await page.getByRole("button", { name: "Confirm booking" }).click();
    await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
    await check(page, `booked-${colorScheme}`);
  });

  test(`the host's pages, ${colorScheme} @phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${product.url}/sign-in`);
    await check(page, `sign-in-${colorScheme}`);
    await signIn(page, product);
    const paths = [
      ...["dashboard", "bookings", "event-types", "event-types/new", "availability"],
      ...["connections", "connections/new", "sync", "settings"],
    ];
    for (const path of paths) {
      await page.goto(`${product.url}/${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await check(page, `${path.replace("/", "-")}-${colorScheme}`);
    }
  });
}

/** WCAG 2.2 AA by axe, no sideways scrolling, and a picture to look at. */
async function check(page: Page, name: string): Promise<void> {
  const { project } = test.info();
  // A transition that is broken off rejects; either way it is over.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  await page.screenshot({ path: `test-results/screens/${name}-${project.name}.png` });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: typeof axe };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const result = await run.run(document, { runOnly: { type: "tag", values: tags } });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  });
  expect(violations, name).toEqual([]);
}
