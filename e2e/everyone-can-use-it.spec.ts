import { expect, test } from "@playwright/test";
import { type Radicale, startRadicale } from "./radicale";
import { checkPage } from "./support/check-page";
import { connect, setUp, signIn } from "./support/host";
import { type Product, startProduct } from "./support/product";

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
    await checkPage(page, `host-${colorScheme}`);
    await page.goto(`${product.url}/book/hanna/30-minutes`);
    await expect(page.getByRole("gridcell", { name: /\d times? available/ }).first()).toBeVisible();
    await checkPage(page, `booking-page-${colorScheme}`);
    // A phone shows the days first; a wide screen has the first free day's times beside them.
    const day = page.getByRole("gridcell", { name: /\d times? available/ }).first();
    const time = page.getByRole("button", { name: / to .* time$/ }).first();
    if (!(await time.isVisible())) await day.click();
    await time.click();
    await expect(page.getByRole("heading", { name: "Your details" })).toBeVisible();
    await page.getByRole("button", { name: "Confirm booking" }).click();
    await expect(page.getByText("Tell us your name.")).toBeVisible();
    await checkPage(page, `booking-errors-${colorScheme}`);
    await page.getByLabel("Name").fill("Vera Visitor");
    await page.getByLabel("E-mail").fill("vera@example.test");
    await page.getByRole("button", { name: "Confirm booking" }).click();
    await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
    await checkPage(page, `booked-${colorScheme}`);
  });

  test(`the host's pages, ${colorScheme} @phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${product.url}/sign-in`);
    await checkPage(page, `sign-in-${colorScheme}`);
    await signIn(page, product);
    const paths = [
      ...["dashboard", "bookings", "event-types", "event-types/new", "availability"],
      ...["availability/blocked-times", "availability/explain"],
      ...["connections", "connections/new", "sync", "settings"],
    ];
    for (const path of paths) {
      await page.goto(`${product.url}/${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      // The network is never idle: the page listens for what changes.
      await expect(page.locator("main .animate-pulse")).toHaveCount(0);
      await checkPage(page, `${path.replace("/", "-")}-${colorScheme}`);
    }
  });
}
