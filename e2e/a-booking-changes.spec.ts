import { devices, expect, type Locator, type Page, test } from "@playwright/test";
import type { Temporal } from "temporal-polyfill";
import { readInvitation } from "@/lib/ical/test-invitation";
import { type Radicale, startRadicale } from "./radicale";
import { bookTime, statusOf } from "./support/book";
import { checkPage } from "./support/check-page";
import { account, connect, setUp, signIn } from "./support/host";
import { type Inbox, linkOf, type Mail, startInbox } from "./support/inbox";
import { tabTo } from "./support/keyboard";
import { type Product, startProduct } from "./support/product";
import { addEventType, findHost, connect as open } from "./support/seed";
import { freeSlots, workingTime } from "./support/slots";

const { defaultBrowserType: _, ...pixel } = devices["Pixel 7"];
const hostZone = "Europe/Brussels";
const timeZone = "Asia/Kathmandu";
test.use({ timezoneId: timeZone });

let product: Product;
let radicale: Radicale;
let inbox: Inbox;
let work: string;
test.beforeAll(async ({ browser }) => {
  [inbox, radicale] = await Promise.all([startInbox(), startRadicale()]);
  [product, work] = await Promise.all([
    startProduct({ env: inbox.env }),
    radicale.makeCalendar("work", { displayName: "Work" }),
  ]);
  const page = await browser.newPage({ timezoneId: hostZone });
  await setUp(page, product);
  await connect(page, product, radicale, { blocking: ["Work"], receiving: "Work" });
  await page.close();
  const sql = open(product.databaseUrl);
  const host = await findHost(sql, "hanna");
  await addEventType(sql, host, { slug: "call", title: "Call", slot_interval_minutes: 15 });
  await addEventType(sql, host, { slug: "advice", title: "Advice", requires_approval: true });
  await sql.end();
});
test.afterAll(async () => {
  await Promise.all([product?.stop(), radicale?.stop(), inbox?.stop()]);
});

/** Each test has a day of its own. */
const timeOn = (nth: number, clock: string) => workingTime(nth, clock, hostZone);

test("a request waits until the host presses accept, whoever follows the links in the mails", async ({
  page,
  browser,
}) => {
  const [name, email, start] = ["Vera Visitor", "vera@example.test", timeOn(0, "10:00")];
  await page.clock.install();
  await bookOnPage(page, "advice", { name, email, start });
  await expect(page.getByRole("heading", { name: "Waiting for an answer" })).toBeVisible();
  const asked = await inbox.mail(account.email, /^Your answer, please: Advice with Vera/);
  const received = await inbox.mail(email, /^Request received: Advice/);
  expect([asked.invitation, received.invitation]).toEqual([null, null]);

  const answerLink = linkOf(asked, "Accept or decline");
  const token = tokenOf(page);
  for (const link of [
    answerLink,
    linkOf(received, "See your booking"),
    linkOf(received, "Cancel booking"),
    `${product.url}/booking/${token}/move`,
  ])
    for (const method of ["HEAD", "GET", "GET", "GET"])
      expect((await fetch(link, { method })).status, `${method} ${link}`).toBe(200);
  // Not signed in: the link is the host's alone.
  const answer = await (await browser.newContext({ timezoneId: hostZone })).newPage();
  await answer.goto(answerLink);
  await expect(answer.getByRole("heading", { name: "Vera Visitor asks for “Advice”" })).toBeVisible();
  await expect(answer.getByText(/10:00.–.10:30/)).toBeVisible();
  await checkPage(answer, "host-answer");
  expect(await statusOf(product, token)).toBe("pending");
  expect(await entriesOf(name)).toEqual([]);
  expect(await isFree("advice", start)).toBe(false);

  await answer.getByRole("button", { name: "Accept request" }).click();
  await expect(answer.getByText("Nothing is left to answer here.")).toBeVisible();
  await answer.context().close();
  await page.clock.fastForward(31_000);
  await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
  const [confirmed] = await expectInvitations(
    { [email]: /^Confirmed: Advice/, [account.email]: /^New booking: Advice with Vera/ },
    { method: "REQUEST", status: "CONFIRMED", sequence: 0, start: `${start}` },
  );
  expect(confirmed?.text).toMatch(/2:45 PM.*Kathmandu time|14:45.*Kathmandu time/);
  await expectEntry(name, { uid: confirmed?.invitation?.uid, sequence: 0, start: `${start}` });
});

test("a host declines with a word, and the time is free again", async ({ page }) => {
  const [name, email, start] = ["Dora Declined", "dora@example.test", timeOn(1, "10:00")];
  const { token } = await book("advice", { name, email, start });
  await inbox.mail(account.email, /^Your answer, please: Advice with Dora/);
  await signIn(page, product);
  await page.goto(`${product.url}/bookings`);
  await expect(page.getByRole("heading", { name: "One booking needs your answer" })).toBeVisible();
  await rowOf(page, name).getByRole("button", { name: "Decline request" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("A word to Dora Declined").fill("I am away that day.");
  await dialog.getByRole("button", { name: "Decline request" }).click();
  await expect(page.getByText("needs your answer")).toHaveCount(0);

  await page.goto(`${product.url}/booking/${token}`);
  await expect(page.getByRole("heading", { name: "Your request was declined" })).toBeVisible();
  await expect(page.getByText("I am away that day.")).toBeVisible();
  const declined = await inbox.mail(email, /^Declined: Advice/);
  expect(declined.text).toContain("I am away that day.");
  expect(declined.invitation).toBeNull();
  expect(await entriesOf(name)).toEqual([]);
  expect(await isFree("advice", start)).toBe(true);
});

test.describe("on a phone", () => {
  test.use({ ...pixel, viewport: { width: 360, height: 740 } });
  test("a visitor moves their booking by the link in the mail, also by a quarter of an hour", async ({
    page,
  }) => {
    const [name, email, start] = ["Mila Moves", "mila@example.test", timeOn(2, "10:00")];
    const [quarterBefore, quarterAfter] = [start.subtract({ minutes: 15 }), start.add({ minutes: 15 })];
    await book("call", { name, email, start });
    const [confirmed] = await expectInvitations(
      { [email]: /^Confirmed: Call/, [account.email]: /^New booking: Call with Mila/ },
      { method: "REQUEST", sequence: 0, start: `${start}` },
    );
    const uid = confirmed?.invitation?.uid;
    await expectEntry(name, { uid, sequence: 0, start: `${start}` });
    for (const taken of [quarterBefore, start, quarterAfter]) expect(await isFree("call", taken)).toBe(false);

    await page.goto(linkOf(confirmed as Mail, "Choose another time"));
    await page.goto(`${page.url()}?day=${dayOf(start)}`);
    // Its own place does not stand in its way.
    for (const own of [quarterBefore, start, quarterAfter]) await expect(timeAt(page, own)).toBeVisible();
    await timeAt(page, quarterAfter).tap();
    await expect(page.getByRole("heading", { name: "Move it to this time?" })).toBeVisible();
    await checkPage(page, "move-phone");
    await page.getByRole("button", { name: "Move booking" }).tap();
    await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
    await expect(page.getByText(clockOf(quarterAfter)).first()).toBeVisible();

    await expectInvitations(
      { [email]: /^Moved: Call/, [account.email]: /^Moved: Call with Mila/ },
      { method: "REQUEST", uid, sequence: 1, start: `${quarterAfter}` },
    );
    await expectEntry(name, { uid, sequence: 1, start: `${quarterAfter}` });
    expect(await isFree("call", quarterBefore)).toBe(true);
    expect(await isFree("call", start.add({ minutes: 30 }))).toBe(false);
  });
});

test("a host cancels with a reason: out of the calendar, out of the visitor's, free for others", async ({
  page,
  browser,
}) => {
  const [name, email, start] = ["Carla Called-Off", "carla@example.test", timeOn(3, "10:00")];
  const visitor = await (await browser.newContext({ timezoneId: timeZone })).newPage();
  await visitor.clock.install();
  await bookOnPage(visitor, "call", { name, email, start });
  await expect(visitor.getByRole("heading", { name: "You are booked" })).toBeVisible();
  const { invitation } = await inbox.mail(email, /^Confirmed: Call/);
  await expectEntry(name, { uid: invitation?.uid, sequence: 0, start: `${start}` });

  await signIn(page, product);
  await page.goto(`${product.url}/bookings`);
  const row = rowOf(page, name);
  await row.locator("summary").click();
  await row.getByRole("button", { name: "Cancel", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("A word to Carla Called-Off").fill("The office is closed.");
  await checkPage(page, "host-cancels");
  await dialog.getByRole("button", { name: "Cancel meeting" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, name)).toHaveCount(0);

  await visitor.clock.fastForward(31_000);
  await expect(visitor.getByRole("heading", { name: "This booking was cancelled" })).toBeVisible();
  await expect(visitor.getByText("The office is closed.")).toBeVisible();
  await visitor.context().close();
  const mails = await expectInvitations(
    { [email]: /^Cancelled: Call/, [account.email]: /^Cancelled: Call with Carla/ },
    { method: "CANCEL", status: "CANCELLED", uid: invitation?.uid, sequence: 1, start: `${start}` },
  );
  for (const { text } of mails) expect(text).toContain("The office is closed.");
  await expectEntry(name, null);
  expect(await isFree("call", start)).toBe(true);
});

test("a host moves a booking, and the visitor's page and calendar follow", async ({ page }) => {
  const [name, email, start] = ["Hugo Moved", "hugo@example.test", timeOn(4, "10:00")];
  const to = timeOn(4, "15:00");
  const { token } = await book("call", { name, email, start });
  const { invitation } = await inbox.mail(email, /^Confirmed: Call/);
  await signIn(page, product);
  await page.goto(`${product.url}/bookings`);
  const row = rowOf(page, name);
  await row.locator("summary").click();
  await row.getByRole("link", { name: "Move", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Another time for Hugo Moved" })).toBeVisible();
  await page.goto(`${page.url()}?day=${dayOf(to)}`);
  await timeAt(page, to).click();
  await page.getByRole("button", { name: "Move booking" }).click();
  await expect(page).toHaveURL(/\/bookings$/);

  await expectInvitations(
    { [email]: /^Moved: Call/, [account.email]: /^Moved: Call with Hugo/ },
    { method: "REQUEST", uid: invitation?.uid, sequence: 1, start: `${to}` },
  );
  await expectEntry(name, { uid: invitation?.uid, sequence: 1, start: `${to}` });
  await page.goto(`${product.url}/booking/${token}`);
  await expect(page.getByText(clockOf(to)).first()).toBeVisible();
  expect(await isFree("call", start)).toBe(true);
});

test("a visitor cancels by the link in the mail without a mouse", async ({ page }) => {
  const [name, email, start] = ["Kim Keys", "kim@example.test", timeOn(5, "10:00")];
  await book("call", { name, email, start });
  const confirmed = await inbox.mail(email, /^Confirmed: Call/);
  await expectEntry(name, { uid: confirmed.invitation?.uid, sequence: 0, start: `${start}` });
  await page.goto(linkOf(confirmed, "Cancel booking"));
  await expect(page.getByRole("heading", { name: "Cancel this booking?" })).toBeVisible();
  await tabTo(page, "A word to Hanna Host");
  await page.keyboard.type("My train does not run.");
  await tabTo(page, "Cancel booking");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "This booking was cancelled" })).toBeVisible();
  const [, toHost] = await expectInvitations(
    { [email]: /^Cancelled: Call/, [account.email]: /^Cancelled: Call with Kim/ },
    { method: "CANCEL", uid: confirmed.invitation?.uid, sequence: 1, start: `${start}` },
  );
  expect(toHost?.text).toContain("My train does not run.");
  await expectEntry(name, null);
  expect(await isFree("call", start)).toBe(true);
});

test("a visitor asks for another time; both are held until the host has answered", async ({
  page,
  browser,
}) => {
  const [name, email, start] = ["Alma Asks", "alma@example.test", timeOn(6, "10:00")];
  const [refused, wanted] = [timeOn(6, "13:00"), timeOn(6, "14:00")];
  const { token } = await book("advice", { name, email, start });
  const host = await (await browser.newContext({ timezoneId: hostZone })).newPage();
  await host.goto(
    linkOf(await inbox.mail(account.email, /^Your answer, please: Advice with Alma/), "Accept or decline"),
  );
  await host.getByRole("button", { name: "Accept request" }).click();
  const { invitation } = await inbox.mail(email, /^Confirmed: Advice/);

  await askToMove(page, token, refused);
  for (const held of [start, refused]) expect(await isFree("advice", held)).toBe(false);
  await host.goto(
    linkOf(await inbox.mail(account.email, /^Another time\? .*Alma.*13:00/), "Accept or decline"),
  );
  await host.getByRole("button", { name: "Decline new time" }).click();
  await host.getByRole("dialog").getByRole("button", { name: "Decline new time" }).click();
  await expect(host.getByText("Nothing is left to answer here.")).toBeVisible();
  expect((await inbox.mail(email, /^Not moved: Advice/)).invitation).toBeNull();
  expect(await isFree("advice", refused)).toBe(true);
  await expectEntry(name, { uid: invitation?.uid, sequence: 0, start: `${start}` });

  await askToMove(page, token, wanted);
  await host.goto(
    linkOf(await inbox.mail(account.email, /^Another time\? .*Alma.*14:00/), "Accept or decline"),
  );
  await host.getByRole("button", { name: "Accept new time" }).click();
  await expect(host.getByText("Nothing is left to answer here.")).toBeVisible();
  await host.context().close();
  await expectInvitations(
    { [email]: /^Moved: Advice/, [account.email]: /^Moved: Advice with Alma/ },
    { method: "REQUEST", uid: invitation?.uid, sequence: 1, start: `${wanted}` },
  );
  await expectEntry(name, { uid: invitation?.uid, sequence: 1, start: `${wanted}` });
  expect(await isFree("advice", start)).toBe(true);
});

type Visit = { name: string; email: string; start: Temporal.Instant };

const book = (eventType: string, { start, ...visitor }: Visit) =>
  bookTime(product, { eventType, start: `${start}`, timeZone, ...visitor });

/** From the times of the day to the page of the booking. */
async function bookOnPage(page: Page, eventType: string, { name, email, start }: Visit): Promise<void> {
  await page.goto(`${product.url}/book/hanna/${eventType}?day=${dayOf(start)}`);
  await timeAt(page, start).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: /^(Confirm booking|Request this time)$/ }).click();
  await expect(page).toHaveURL(/\/booking\//);
}

async function askToMove(page: Page, token: string, to: Temporal.Instant): Promise<void> {
  await page.goto(`${product.url}/booking/${token}/move?day=${dayOf(to)}`);
  await timeAt(page, to).click();
  await page.getByRole("button", { name: "Move booking" }).click();
  await expect(
    page.getByRole("heading", { name: "You are booked, and asked for another time" }),
  ).toBeVisible();
}

const timeAt = (page: Page, start: Temporal.Instant) =>
  page.locator(`li[data-start="${start.toString({ smallestUnit: "millisecond" })}"]`).getByRole("button");
const rowOf = (page: Page, name: string): Locator =>
  page
    .getByRole("listitem")
    .filter({ hasText: name })
    .filter({ has: page.locator("summary") });
const tokenOf = (page: Page) => new URL(page.url()).pathname.split("/").at(-1) ?? "";
/** Working hours in Brussels are the same date in Kathmandu. */
const dayOf = (start: Temporal.Instant) => start.toZonedDateTimeISO(hostZone).toPlainDate();
const clockOf = (start: Temporal.Instant) =>
  start.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: "minute" });

async function isFree(eventType: string, start: Temporal.Instant): Promise<boolean> {
  const free = await freeSlots(product, eventType, start, start.add({ seconds: 1 }));
  return free.length > 0;
}

/** The mail by its subject for each address, all with this invitation, named alike in the MIME type. */
async function expectInvitations(
  subjects: Record<string, RegExp>,
  invitation: { method: string } & Record<string, unknown>,
): Promise<Mail[]> {
  const mails = await Promise.all(
    Object.entries(subjects).map(([address, subject]) => inbox.mail(address, subject)),
  );
  for (const mail of mails)
    expect(mail.invitation).toMatchObject({ ...invitation, mimeMethod: invitation.method });
  return mails;
}

/** What lies in the host's calendar about a visitor. */
async function entriesOf(name: string) {
  const all = [...(await radicale.listIcs(work)).values()].map(readInvitation);
  return all
    .filter(({ title }) => title?.includes(name))
    .map(({ uid, sequence, start }) => ({ uid, sequence, start }));
}

async function expectEntry(
  name: string,
  entry: { uid: string | undefined; sequence: number; start: string } | null,
): Promise<void> {
  await expect.poll(() => entriesOf(name)).toEqual(entry ? [entry] : []);
}
