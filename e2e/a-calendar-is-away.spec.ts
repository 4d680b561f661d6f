import { expect, type Page, test } from "@playwright/test";
import { type Radicale, startRadicale } from "./radicale";
import { account, connect, setUp, signIn } from "./support/host";
import { type Inbox, linkOf, startInbox } from "./support/inbox";
import { type Product, startProduct } from "./support/product";

let product: Product;
let radicale: Radicale;
let inbox: Inbox;
let work: string;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  [inbox, radicale] = await Promise.all([startInbox(), startRadicale()]);
  // Long enough that an entry still being tried arrives once the calendar is back.
  const env = { ...inbox.env, RETRY_DELAY_MS: "500" };
  [product, work] = await Promise.all([
    startProduct({ env }),
    radicale.makeCalendar("work", { displayName: "Work" }),
  ]);
  const page = await browser.newPage();
  await setUp(page, product);
  await connect(page, product, radicale, { blocking: ["Work"], receiving: "Work" });
  await page.close();
});
test.afterAll(async () => {
  await Promise.all([product?.stop(), radicale?.stop(), inbox?.stop()]);
});

test("a booking that cannot be checked waits for the host, who knows and accepts", async ({
  page,
  browser,
}) => {
  await page.clock.install();
  await radicale.turnOff();
  await book(page, { name: "Vera Visitor", email: "vera@example.test" });
  await expect(page.getByRole("heading", { name: "Waiting for an answer" })).toBeVisible(afterAllTries);
  await expect(page.getByText("Hanna Host’s calendar cannot be checked at the moment")).toBeVisible();

  const asked = await inbox.mail(account.email, /^Your answer, please: .*Vera/);
  expect(asked.text).toContain("A calendar that blocks your bookings could not be read");
  const answer = await browser.newPage();
  await answer.goto(linkOf(asked, "Accept or decline"));
  await expect(answer.getByText("One of your calendars cannot be read")).toBeVisible();
  await answer.getByRole("button", { name: "Accept request" }).click();
  await expect(answer.getByText("Nothing is left to answer here.")).toBeVisible();
  await answer.close();
  await page.clock.fastForward(31_000);
  await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();

  await radicale.turnOn();
  const { invitation } = await inbox.mail("vera@example.test", /^Confirmed: /);
  expect(invitation?.method).toBe("REQUEST");
  await expectEntry(invitation?.uid);
});

test("a host who trusts the last reading has bookings confirmed on it, and is not asked", async ({
  page,
}) => {
  await signIn(page, product);
  await page.goto(`${product.url}/settings`);
  await page.getByRole("radio", { name: "Confirm if it was read shortly before" }).check();
  await page.getByRole("button", { name: "Save booking rules" }).click();
  await expect(page.getByText("Booking rules saved")).toBeVisible();

  await radicale.turnOff();
  await book(page, { name: "Tom Trusted", email: "tom@example.test" });
  await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible(afterAllTries);
  await radicale.turnOn();
  const { invitation } = await inbox.mail("tom@example.test", /^Confirmed: /);
  await expectEntry(invitation?.uid);
  expect(await inbox.all(account.email, /^Your answer, please: .*Tom/)).toEqual([]);
});

/** The calendar is asked five times before the booking is settled without it. */
const afterAllTries = { timeout: 45_000 };

async function book(page: Page, { name, email }: { name: string; email: string }): Promise<void> {
  await page.goto(`${product.url}/book/hanna/30-minutes`);
  await page
    .getByRole("button", { name: / to .* time$/ })
    .first()
    .click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Confirm booking" }).click();
}

/** It lies in the host's calendar, once. */
async function expectEntry(uid = "none"): Promise<void> {
  const copies = async () => [...(await radicale.listIcs(work)).values()].filter((ics) => ics.includes(uid));
  await expect.poll(async () => (await copies()).length).toBe(1);
}
