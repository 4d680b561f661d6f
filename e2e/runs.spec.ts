import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, test } from "@playwright/test";
import type axe from "axe-core";
import { type Radicale, startRadicale } from "./radicale";
import { connect, setUp, signIn, syncNow, typeAccount } from "./support/host";
import { postJson } from "./support/post";
import { type Product, startProduct } from "./support/product";
import { connect as open } from "./support/seed";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
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
  await book();
  await signIn(page, product);
  await page.goto(`${product.url}/sync`);
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  const delivery = page.getByRole("row", { name: /Deliver booking.*Failed/s });
  await expect(delivery).toBeVisible({ timeout: 60_000 });
  await check(page, "runs");
  await page.getByRole("link", { name: "Failed", exact: true }).click();
  await expect(page.getByRole("row", { name: /Poll calendars/ })).toHaveCount(0);

  await page.getByRole("link", { name: "Deliver booking" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Deliver booking" })).toBeVisible();
  const failed = page.getByRole("listitem").filter({ hasText: "push" });
  await expect(failed).toContainText("Failed");
  await expect(failed).toContainText("has nothing at this address");
  await failed.getByText("where it came from").click();
  await expect(failed.getByRole("region", { name: "Stack" })).toBeVisible();
  await check(page, "run-failed");
  const address = page.url();

  await receiving?.makeCalendar("inbox", { displayName: "Inbox" });
  await page.getByRole("button", { name: "Retry" }).click();
  await check(page, "run-retry");
  await page.getByRole("button", { name: "Start new run" }).click();
  await expect(page.getByText("A new run has started")).toBeVisible();
  await expect(page.getByText("Retry of")).toBeVisible();
  // The page looks again by itself.
  await expect(page.getByRole("listitem").filter({ hasText: "push" })).toContainText("Done");
  await check(page, "run-done");
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
  await check(page, "run-dark");
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await check(page, "runs-dark");
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

/** Books the first free slot over the API, and waits until it is confirmed. */
async function book(): Promise<void> {
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
}

/** WCAG 2.2 AA by axe, no sideways scrolling, and a picture to look at. */
async function check(page: Page, name: string): Promise<void> {
  // The ring of a run that is under way turns for ever; everything else comes to rest.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  );
  await page.screenshot({ path: `test-results/screens/${name}-${test.info().project.name}.png` });
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
