import { type Cookie, expect, type Page } from "@playwright/test";
import type { Radicale } from "../radicale";
import { makeAdmin } from "./admin";
import type { Product } from "./product";

/** What a host does in the browser; the words are those on the page. */
export const account = { name: "Hanna Host", email: "hanna@example.test", password: "three words in a row" };

const sessions = new Map<Product, Cookie[]>();

/** A signed-in host whose pages are under /book/hanna, as `setUpByHand` leaves them, without its pages. */
export async function setUp(page: Page, product: Product): Promise<void> {
  const timeZone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const session = await makeAdmin(product, { ...account, handle: "hanna", timeZone });
  await page.context().addCookies([session]);
  sessions.set(product, [session]);
}

/** The same in the browser, from the one-time link on. */
export async function setUpByHand(page: Page, product: Product): Promise<void> {
  await page.goto(product.setupLink);
  await page.getByLabel("Your name").fill(account.name);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/dashboard/);
  await page.goto(`${product.url}/settings`);
  await page.getByLabel("Public address").fill("hanna");
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Profile saved")).toBeVisible();
  sessions.set(product, await page.context().cookies());
}

/** Goes on with the session of `setUp`: a page opened next is the host's. */
export async function signIn(page: Page, product: Product): Promise<void> {
  await page.context().addCookies(sessions.get(product) ?? []);
}

export async function signInByForm(
  page: Page,
  product: Product,
  { email, password }: Pick<typeof account, "email" | "password"> = account,
): Promise<void> {
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/dashboard/);
}

/** Types the account in; what comes of it is the caller's to see. */
export async function typeAccount(
  page: Page,
  product: Product,
  { url, user, password }: Pick<Radicale, "url" | "user" | "password">,
): Promise<void> {
  await page.goto(`${product.url}/connections/new`);
  await page.getByText("Other server").click();
  await page.getByLabel("Server or e-mail address").fill(url);
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Connect", exact: true }).click();
}

/** Connects, lets the calendars named `blocking` block and the one named `receiving` receive, and waits for the first read. */
export async function connect(
  page: Page,
  product: Product,
  radicale: Radicale,
  { blocking, receiving }: { blocking: string[]; receiving: string },
): Promise<void> {
  await typeAccount(page, product, radicale);
  await expect(page.getByText("One more step")).toBeVisible();
  for (const box of await page.getByRole("checkbox", { name: /blocks bookings/ }).all()) await box.uncheck();
  for (const name of blocking) await page.getByRole("checkbox", { name: `${name}: blocks bookings` }).check();
  await page.getByRole("radio", { name: `${receiving}: receives bookings` }).check();
  await page.getByRole("button", { name: "Save calendars" }).click();
  for (const name of new Set([...blocking, receiving])) {
    const calendar = page
      .getByRole("listitem")
      .filter({ has: page.getByRole("radio", { name: `${name}: ` }) });
    // A first read waits for its run, and on a busy machine for more.
    await expect(calendar.getByText("Up to date")).toBeVisible({ timeout: 45_000 });
  }
}

/** Presses "Sync now" for a calendar and waits until it was read. */
export async function syncNow(page: Page, product: Product, calendar: string): Promise<void> {
  await page.goto(`${product.url}/connections`);
  const button = page.getByRole("button", { name: `Sync now: ${calendar}` });
  await button.click();
  await expect(button).toBeEnabled();
}
