import { expect, test } from "@playwright/test";
import { type Radicale, startRadicale } from "./radicale";
import { bookFirstSlot } from "./support/book";
import { checkPage } from "./support/check-page";
import { connect, setUp, signIn, syncNow, typeAccount } from "./support/host";
import { type Product, startProduct } from "./support/product";
import { connect as open } from "./support/seed";

const metricsToken = "a token for Prometheus";

let product: Product;
/** Whose calendar blocks, and whose receives: so that a booking is confirmed although it cannot be delivered. */
let [blocking, receiving]: Radicale[] = [];
let inbox: string;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  [product, blocking, receiving] = await Promise.all([
    startProduct({ env: { METRICS_TOKEN: metricsToken } }),
    startRadicale(),
    startRadicale({ user: "grace" }),
  ]);
  await blocking.makeCalendar("work", { displayName: "Work" });
  inbox = await receiving.makeCalendar("inbox", { displayName: "Inbox" });
  const page = await browser.newPage();
  await setUp(page, product);
  await connect(page, product, blocking, { blocking: ["Work"], receiving: "Work" });
  await typeAccount(page, product, receiving);
  await expect(page.getByText("One more step")).toBeVisible();
  await page.getByRole("checkbox", { name: "Inbox: blocks bookings" }).uncheck();
  await page.getByRole("radio", { name: "Inbox: receives bookings" }).check();
  const card = page.locator("form").filter({ has: page.getByRole("radio", { name: "Inbox" }) });
  await card.getByRole("button", { name: "Save calendars" }).click();
  await expect(page.getByText("One more step")).toBeHidden();
  await page.close();
});
test.afterAll(async () => {
  blocking?.resume();
  await Promise.all([product?.stop(), blocking?.stop(), receiving?.stop()]);
});

test("a run that failed is seen with its error, and a retry works once the cause is gone", async ({
  page,
}) => {
  await receiving?.deleteIcs(inbox);
  await bookFirstSlot(product);
  await signIn(page, product);
  await page.goto(`${product.url}/sync`);
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  const delivery = page.getByRole("row", { name: /Deliver booking.*Failed/s });
  await expect(delivery).toBeVisible({ timeout: 60_000 });
  await checkPage(page, "runs");
  await page.getByRole("link", { name: "Failed", exact: true }).click();
  await expect(page.getByRole("row", { name: /Poll calendars/ })).toHaveCount(0);

  await page.getByRole("link", { name: "Deliver booking" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Deliver booking" })).toBeVisible();
  const failed = page.getByRole("listitem").filter({ hasText: "push" });
  await expect(failed).toContainText("Failed");
  await expect(failed).toContainText("has nothing at this address");
  await failed.getByText("where it came from").click();
  await expect(failed.getByRole("region", { name: "Stack" })).toBeVisible();
  await checkPage(page, "run-failed");
  const address = page.url();

  await receiving?.makeCalendar("inbox", { displayName: "Inbox" });
  await page.getByRole("button", { name: "Retry" }).click();
  await checkPage(page, "run-retry");
  await page.getByRole("button", { name: "Start new run" }).click();
  await expect(page.getByText("A new run has started")).toBeVisible();
  await expect(page.getByText("Retry of")).toBeVisible();
  // The page looks again by itself.
  await expect(page.getByRole("listitem").filter({ hasText: "push" })).toContainText("Done");
  await checkPage(page, "run-done");
  expect((await receiving?.listIcs(inbox))?.size).toBe(1);

  await page.goto(address);
  await expect(page.getByText("Retried as")).toBeVisible();
  await expect(page.getByRole("button", { name: "Retry" })).toHaveCount(0);
});

test("an active run is cancelled, and stays so", async ({ page }) => {
  await signIn(page, product);
  blocking?.pause();
  await page.goto(`${product.url}/connections`);
  await page.getByRole("button", { name: "Sync now: Work" }).click();
  await page.goto(`${product.url}/sync/runs?status=active`);
  await page.getByRole("link", { name: "Pull calendar" }).first().click();
  await page.getByRole("button", { name: "Cancel run" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel run" }).click();
  await expect(page.getByText("Run cancelled")).toBeVisible();
  await expect(page.getByText("It ended before its first step.")).toBeVisible();
  blocking?.resume();
  await syncNow(page, product, "Work");
  await page.goto(`${product.url}/sync/runs?status=cancelled`);
  await expect(page.getByRole("row", { name: /Pull calendar.*Cancelled/s })).toHaveCount(1);
});

test("phones show runs too, in the dark as well @phone", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await signIn(page, product);
  await page.goto(`${product.url}/sync/runs`);
  await page.getByRole("link", { name: "Pull calendar" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Pull calendar" })).toBeVisible();
  await checkPage(page, "run-dark");
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await checkPage(page, "runs-dark");
});

test("metrics are for whoever carries the token", async () => {
  const read = (headers: Record<string, string>) => fetch(`${product.url}/api/metrics`, { headers });
  expect((await read({})).status).toBe(401);
  expect((await read({ authorization: "Bearer wrong" })).status).toBe(401);
  const answer = await read({ authorization: `Bearer ${metricsToken}` });
  expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  expect(await answer.text()).toMatch(
    /^calends_runs_ended\{function="calends-deliver-booking",status="failed"\} 1$/m,
  );
});

test("a host who is no administrator finds nothing there", async ({ page }) => {
  const sql = open(product.databaseUrl);
  await sql`update users set role = 'host'`;
  const [run] = await sql`select id from inngest_runs limit 1`;
  await sql.end();
  await signIn(page, product);
  await page.goto(`${product.url}/sync`);
  await expect(page.getByRole("heading", { name: "Sync history" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Runs", exact: true })).toHaveCount(0);
  for (const path of ["/sync/runs", `/sync/runs/${run?.id}`]) {
    await page.goto(`${product.url}${path}`);
    await expect(page.getByText("There is nothing at this address")).toBeVisible();
  }
});
