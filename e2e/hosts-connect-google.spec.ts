import { expect, type Page, test } from "@playwright/test";
import type { Temporal } from "temporal-polyfill";
import { bookTime, statusOf } from "./support/book";
import { checkPage } from "./support/check-page";
import { consent, goToConsent, type PlayedGoogle, playGoogle } from "./support/google";
import { account, setUp, signIn } from "./support/host";
import { type Inbox, startInbox } from "./support/inbox";
import { type Product, startProduct } from "./support/product";
import { freeSlots, workingTime } from "./support/slots";

const timeZone = "Europe/Berlin";
const [ada, grace] = ["ada@example.com", "grace@example.com"];

let product: Product;
let google: PlayedGoogle;
let inbox: Inbox;
// They go on from the account that one of them connects.
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  [google, inbox] = await Promise.all([playGoogle(), startInbox()]);
  product = await startProduct({ env: { ...inbox.env, ...google.env } });
  google.register(product);
  for (const email of [ada, grace]) google.admin.addUser({ email, timeZone });
  google.admin.addCalendar({ id: "team", owner: ada, summary: "Team", timeZone });
  const page = await browser.newPage();
  await setUp(page, product);
  await page.close();
});
test.afterAll(async () => {
  await Promise.all([product?.stop(), google?.stop(), inbox?.stop()]);
});

/** Each test has a day of its own. */
const timeOn = (nth: number, clock: string) => workingTime(nth, clock, timeZone);

test("who lets us in not at all, or only by half, is told what is missing, and nothing is kept", async ({
  page,
}) => {
  await signIn(page, product);
  await goToConsent(page, product);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("You did not allow access at Google, so nothing was connected.")).toBeVisible();
  await checkPage(page, "google-denied");

  await page.getByRole("link", { name: "Continue with Google" }).click();
  await page.getByRole("checkbox", { name: /calendar\.events$/ }).uncheck();
  await consent(page, ada);
  await expect(page.getByText("“View and edit events on all your calendars” was not ticked")).toBeVisible();

  expect(google.admin.grants()).toEqual([]);
  await page.goto(`${product.url}/connections`);
  await expect(page.getByText("No calendar connected")).toBeVisible();
});

test("a host lets us in, chooses calendars, and hears that changes arrive at once", async ({ page }) => {
  await signIn(page, product);
  await goToConsent(page, product);
  await consent(page, ada);
  await expect(page.getByText("One more step")).toBeVisible();
  const own = page.getByRole("checkbox", { name: `${ada}: blocks bookings` });
  await expect(own).toBeChecked();
  await page.getByRole("checkbox", { name: "Team: blocks bookings" }).uncheck();
  await page.getByRole("radio", { name: `${ada}: receives bookings` }).check();
  await checkPage(page, "google-calendars");
  await page.getByRole("button", { name: "Save calendars" }).click();
  await expect(page.getByText("Up to date")).toHaveCount(1);
  await expect.poll(() => google.channelsOf(ada)).toHaveLength(1);
  await page.reload();
  await expect(page.getByText("Google tells us of changes at once")).toBeVisible();
  await expect(own).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Team: blocks bookings" })).not.toBeChecked();
});

test("what a visitor books stands in Google; moved there, the booking moves and they are told", async ({
  page,
}) => {
  const [email, start, to] = ["vera@example.test", timeOn(0, "10:00"), timeOn(0, "14:00")];
  await page.goto(`${product.url}/book/hanna/30-minutes?day=${dayOf(start)}`);
  await timeAt(page, start).click();
  await page.getByLabel("Name").fill("Vera Visitor");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Confirm booking" }).click();
  await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
  const { invitation } = await inbox.mail(email, /^Confirmed: /);
  const event = await eventAbout("Vera");
  expect(startOf(event)).toBe(`${start}`);

  moveAtGoogle(event.id, to);
  const moved = { method: "REQUEST", uid: invitation?.uid, sequence: 1, start: `${to}` };
  expect((await inbox.mail(email, /^Moved: /)).invitation).toMatchObject(moved);
  const toHost = await inbox.mail(account.email, /^Moved: .*Vera/);
  expect(toHost.invitation).toMatchObject(moved);
  expect(toHost.text).toContain("You moved it in your calendar, so Vera Visitor was told.");
  await page.reload();
  await expect(page.getByText(/14:00.–.14:30/).first()).toBeVisible();
  expect(await isFree(start)).toBe(true);
  expect(await isFree(to)).toBe(false);
  expect(google.eventsOf(ada, "Vera").map(startOf)).toEqual([`${to}`]);
});

test("deleted there, it is cancelled, and the visitor is told", async ({ page }) => {
  const [email, start] = ["dora@example.test", timeOn(1, "10:00")];
  const token = await book({ name: "Dora Deleted", email, start });
  const { invitation } = await inbox.mail(email, /^Confirmed: /);
  const { id } = await eventAbout("Dora");

  google.admin.deleteEvent({ calendarId: ada, eventId: id });
  const cancelled = { method: "CANCEL", status: "CANCELLED", uid: invitation?.uid, sequence: 1 };
  expect((await inbox.mail(email, /^Cancelled: /)).invitation).toMatchObject(cancelled);
  const toHost = await inbox.mail(account.email, /^Cancelled: .*Dora/);
  expect(toHost.text).toContain("You deleted it in your calendar, so Dora Deleted was told.");
  expect(await isFree(start)).toBe(true);
  await page.goto(`${product.url}/booking/${token}`);
  await expect(page.getByRole("heading", { name: "This booking was cancelled" })).toBeVisible();
});

test("moved there onto another booking, it is put back, and the host is told why", async () => {
  const [start, taken] = [timeOn(2, "10:00"), timeOn(2, "11:00")];
  const token = await book({ name: "Paula Put-Back", email: "paula@example.test", start });
  await book({ name: "Otto Other", email: "otto@example.test", start: taken });
  const { id } = await eventAbout("Paula");
  await eventAbout("Otto");

  moveAtGoogle(id, taken);
  const told = await inbox.mail(account.email, /^Put back: .*Paula/);
  expect(told.text).toContain("Another booking holds that time.");
  await expect.poll(() => google.eventsOf(ada, "Paula").map(startOf)).toEqual([`${start}`]);
  expect(google.eventsOf(ada, "Otto").map(startOf)).toEqual([`${taken}`]);
  expect(await statusOf(product, token)).toBe("confirmed");
  expect(await inbox.all("paula@example.test", /^(Moved|Unchanged|Cancelled)/)).toEqual([]);
});

test("an event entered there closes its time on an open page within two seconds", async ({ page }) => {
  const listens = page.waitForResponse((answer) => answer.url().includes("/api/live"));
  await page.goto(`${product.url}/book/hanna/30-minutes?day=${dayOf(timeOn(3, "10:00"))}`);
  await listens;
  const took: number[] = [];
  for (const clock of ["10:00", "13:00", "15:00"]) {
    const start = timeOn(3, clock);
    await expect(timeAt(page, start)).toBeVisible();
    const from = performance.now();
    google.admin.createEvent({ calendarId: ada, event: { summary: "Dentist", ...timesFrom(start) } });
    await timeAt(page, start).waitFor({ state: "detached" });
    took.push(Math.round(performance.now() - from));
  }
  console.log(`an event entered at Google took its time from the open page after ${took.join(", ")} ms`);
  // A busy machine may hold up one or the other; a poll would come minutes later.
  expect(Math.min(...took)).toBeLessThan(2_000);
});

test("a second account is a second connection; disconnected, nothing of it is left at Google", async ({
  page,
}) => {
  await signIn(page, product);
  await goToConsent(page, product);
  await consent(page, grace);
  await expect(page.getByText("One more step")).toBeVisible();
  const card = page.getByRole("region", { name: grace });
  await card.getByRole("button", { name: "Save calendars" }).click();
  await expect(page.getByText("Up to date")).toHaveCount(2);
  await expect(page.getByRole("radio", { name: `${ada}: receives bookings` })).toBeChecked();
  await expect.poll(() => google.channelsOf(grace)).toHaveLength(1);
  const start = timeOn(4, "10:00");
  google.admin.createEvent({ calendarId: grace, event: { summary: "Hers", ...timesFrom(start) } });
  await expect.poll(() => isFree(start)).toBe(false);

  google.admin.clearLog();
  await page.getByRole("button", { name: `Disconnect ${grace}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disconnect account" }).click();
  await expect(card).toHaveCount(0);
  await expect.poll(() => google.admin.grants().map(({ email }) => email)).toEqual([ada]);
  // One by one, not only because the grant has ended.
  expect(google.admin.log({ route: "channels.stop" })).toHaveLength(1);
  expect(google.channelsOf(grace)).toEqual([]);
  expect(google.channelsOf(ada)).toHaveLength(1);
  expect(await isFree(start)).toBe(true);
});

test("access withdrawn at Google is said on every page and in one mail", async ({ page }) => {
  google.admin.revokeGrant({ email: ada });
  await signIn(page, product);
  await page.goto(`${product.url}/connections`);
  await page.getByRole("button", { name: `Sync now: ${ada}` }).click();
  const card = page.getByRole("region", { name: ada });
  await expect(card.getByText("Google no longer lets us in").first()).toBeVisible();
  await inbox.mail(account.email, /^Please reconnect ada@example.com: Google no longer lets us in/);
  await checkPage(page, "google-reconnect");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: "dark" });
  await checkPage(page, "google-reconnect-small-dark");
  await page.goto(`${product.url}/dashboard`);
  await expect(page.getByText(`Google no longer lets us in to ${ada}`)).toBeVisible();
  await checkPage(page, "google-banner-small-dark");
  await page.getByRole("link", { name: "Reconnect it" }).click();
  await expect(page).toHaveURL(/\/connections$/);

  // Nobody is offered a time that may be taken.
  await page.goto(`${product.url}/book/hanna/30-minutes`);
  await expect(page.getByText("Bookings are paused")).toBeVisible();
});

test("let in again, it works as before, with all that was chosen", async ({ page }) => {
  await signIn(page, product);
  await page.goto(`${product.url}/connections`);
  await page.getByRole("link", { name: "Reconnect Google" }).click();
  await expect(page.getByLabel("Account")).toHaveValue(ada);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("Up to date")).toHaveCount(1);
  await expect(page.getByText("One more step")).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: `${ada}: blocks bookings` })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Team: blocks bookings" })).not.toBeChecked();
  await expect(page.getByRole("radio", { name: `${ada}: receives bookings` })).toBeChecked();
  await inbox.mail(account.email, /^ada@example.com works again/);
  expect(await inbox.all(account.email, /^Please reconnect/)).toHaveLength(1);

  const start = timeOn(5, "10:00");
  await book({ name: "Rita Reconnected", email: "rita@example.test", start });
  expect(startOf(await eventAbout("Rita"))).toBe(`${start}`);
  await expect.poll(() => google.channelsOf(ada)).toHaveLength(1);
  const blocked = timeOn(5, "14:00");
  google.admin.createEvent({ calendarId: ada, event: { summary: "Dentist", ...timesFrom(blocked) } });
  await expect.poll(() => isFree(blocked)).toBe(false);
});

type GoogleEvent = ReturnType<PlayedGoogle["eventsOf"]>[number];

/** The event of a visitor's booking, once it stands in Ada's own calendar. */
async function eventAbout(name: string): Promise<GoogleEvent> {
  await expect.poll(() => google.eventsOf(ada, name)).toHaveLength(1);
  return google.eventsOf(ada, name)[0] as GoogleEvent;
}

const startOf = ({ start }: GoogleEvent) =>
  new Date(start.dateTime ?? "").toISOString().replace(".000Z", "Z");

/** Half an hour, as Google writes it. */
const timesFrom = (start: Temporal.Instant) => ({
  start: { dateTime: `${start}`, timeZone },
  end: { dateTime: `${start.add({ minutes: 30 })}`, timeZone },
});

/** Ada drags it there. */
const moveAtGoogle = (eventId: string, to: Temporal.Instant) =>
  google.admin.moveEvent({ calendarId: ada, eventId, ...timesFrom(to) });

async function book({ start, ...visitor }: { name: string; email: string; start: Temporal.Instant }) {
  const wish = { eventType: "30-minutes", start: `${start}`, timeZone, ...visitor };
  return (await bookTime(product, wish)).token;
}

async function isFree(start: Temporal.Instant): Promise<boolean> {
  const free = await freeSlots(product, "30-minutes", start, start.add({ seconds: 1 }));
  return free.length > 0;
}

const timeAt = (page: Page, start: Temporal.Instant) =>
  page.locator(`li[data-start="${start.toString({ smallestUnit: "millisecond" })}"]`).getByRole("button");
const dayOf = (start: Temporal.Instant) => start.toZonedDateTimeISO(timeZone).toPlainDate();
