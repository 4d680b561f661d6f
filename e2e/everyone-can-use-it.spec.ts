import { expect, type Page, test } from "@playwright/test";
import type postgres from "postgres";
import { feedOf } from "./feed-text";
import { type HostileFeeds, startHostileFeeds } from "./hostile-feed";
import { type Radicale, startRadicale } from "./radicale";
import { bookFirstSlot } from "./support/book";
import { checkPage } from "./support/check-page";
import { connect, setUp, signIn } from "./support/host";
import { looks } from "./support/looks";
import { type Product, startProduct } from "./support/product";
import { addProjects, findHost, connect as openDatabase } from "./support/seed";
import { addBindings } from "./support/seed-bindings";
import { addSubscriptions, feedDay } from "./support/seed-subscriptions";
import { nextMonth } from "./support/slots";

let product: Product;
let radicale: Radicale;
let feeds: HostileFeeds;
let sql: postgres.Sql;
test.beforeAll(async ({ browser }) => {
  [product, radicale, feeds] = await Promise.all([startProduct(), startRadicale(), startHostileFeeds()]);
  sql = openDatabase(product.databaseUrl);
  await radicale.makeCalendar("work", { displayName: "Work" });
  const page = await browser.newPage();
  await setUp(page, product);
  await connect(page, product, radicale, { blocking: ["Work"], receiving: "Work" });
  const host = await findHost(sql, "hanna");
  await addProjects(sql, host);
  await addBindings(sql, host);
  await addSubscriptions({ page, product, sql, feeds });
  await page.close();
});
test.afterAll(async () => {
  await sql?.end();
  await Promise.all([product?.stop(), radicale?.stop(), feeds?.stop()]);
});

const inDays = (days: number, hours = 0) => new Date(Date.now() + days * 86_400_000 + hours * 3_600_000);
const asksToMove = { moves_to_start: inDays(40), moves_to_end: inDays(40, 0.5), moved_by: "visitor" };
const settled = {
  ...{ waits_for: null, decline_reason: null, cancelled_by: null, reason: null },
  ...{ moves_to_start: null, moves_to_end: null, moved_by: null },
};
/** What a booking can be, and the heading its visitor reads then. */
const states = [
  ["waiting", "Waiting for an answer", { status: "pending", waits_for: "approval" }],
  ["unreadable", "Waiting for an answer", { status: "pending", waits_for: "unreadable_calendar" }],
  ["conflict", "This time did not work out", { status: "declined", decline_reason: "conflict" }],
  ["unavailable", "This time did not work out", { status: "declined", decline_reason: "unavailable" }],
  ["declined", "Your request was declined", { status: "declined", decline_reason: "host", reason: "Away" }],
  ["expired", "This time did not work out", { status: "declined", decline_reason: "expired" }],
  ["called-off", "This booking was cancelled", { status: "cancelled", cancelled_by: "host", reason: "Ill" }],
  ["withdrawn", "This booking was cancelled", { status: "cancelled", cancelled_by: "visitor" }],
  [
    "asked",
    "You are booked, and asked for another time",
    { status: "confirmed", waits_for: "approval", ...asksToMove },
  ],
  ["moving", "Moving your booking…", { status: "confirmed", ...asksToMove }],
] as const;

/** A booking that waits for the host's answer, and a way to make it anything else. */
async function bookForApproval() {
  await sql`update event_types set requires_approval = true where slug = '30-minutes'`;
  const token = await bookFirstSlot(product);
  const [row] = await sql`select id from bookings order by created_at desc limit 1`;
  const find = () =>
    sql`select data::text from mail_outbox where booking_id = ${row?.id} and data::text like '%/booking/host/%'`;
  await expect.poll(async () => (await find()).length).toBe(1);
  const [mail] = await find();
  await sql`update event_types set requires_approval = false where slug = '30-minutes'`;
  return {
    token,
    id: row?.id as string,
    hostPath: mail?.data.match(/\/booking\/host\/[\w-]+/)[0] as string,
    become: (values: object) =>
      sql`update bookings set ${sql({ ...settled, ...values })} where id = ${row?.id}`,
  };
}

/** With the keyboard to where the old and the new time stand side by side; the focus goes along. */
async function chooseAnotherTime(page: Page): Promise<void> {
  await page.goto(`${page.url()}?month=${nextMonth()}`);
  await page
    .getByRole("gridcell", { name: /\d times? available/ })
    .nth(2)
    .getByRole("button")
    .press("Enter");
  await expect(page.locator("[data-step=times]")).toBeFocused();
  await page.locator("li[data-start] button").nth(1).press("Enter");
  await expect(page.getByRole("heading", { name: "Move it to this time?" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Move booking" })).toBeFocused();
}

for (const { colorScheme, where } of looks) {
  test(`the public pages, ${colorScheme} ${where}`, async ({ page }) => {
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

  test(`the host's pages, ${colorScheme} ${where}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${product.url}/sign-in`);
    await checkPage(page, `sign-in-${colorScheme}`);
    await signIn(page, product);
    const paths = [
      ...["dashboard", "calendar", "bookings", "event-types", "event-types/new", "availability"],
      ...["availability/blocked-times", "availability/explain"],
      ...[
        "projects",
        "connections",
        "connections/new",
        "subscriptions",
        "bindings",
        "bindings/new",
        "sync",
        "sync/runs",
        "settings",
        "mailbox",
      ],
    ];
    for (const path of paths) {
      await page.goto(`${product.url}/${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      // The network is never idle: the page listens for what changes.
      await expect(page.locator("main .animate-pulse")).toHaveCount(0);
      await checkPage(page, `${path.replaceAll("/", "-")}-${colorScheme}`);
    }
  });

  test(`the tokens of a host's programs, ${colorScheme} ${where}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await signIn(page, product);
    await page.goto(`${product.url}/settings`);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "New token" }).click();
    await dialog.getByRole("button", { name: "Create token" }).click();
    await expect(dialog.getByText("Say which program it is for.")).toBeVisible();
    await checkPage(page, `settings-token-new-${colorScheme}`);
    await dialog.getByLabel("Name").fill("Display in the waiting room, second floor");
    await page.keyboard.press("Enter");
    await expect(dialog.getByLabel("Token", { exact: true })).toBeFocused();
    await checkPage(page, `settings-token-made-${colorScheme}`);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(page.getByText("never used").first()).toBeVisible();
    await page.getByRole("button", { name: /^Revoke: Display/ }).click();
    await expect(dialog).toBeVisible();
    await checkPage(page, `settings-token-revoke-${colorScheme}`);
    await dialog.getByRole("button", { name: "Revoke token" }).click();
    await expect(page.getByText("No program has a token of yours.")).toBeVisible();
  });

  test(`what goes into which calendar, ${colorScheme} ${where}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await signIn(page, product);
    await page.goto(`${product.url}/bindings`);
    await page.getByRole("button", { name: "Delete: Everything you see in Firm" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await checkPage(page, `bindings-delete-${colorScheme}`);
    await page.goto(`${product.url}/bindings/new`);
    await page.getByRole("radio", { name: /^Firm/ }).check({ force: true });
    await page.getByRole("radio", { name: /^A client/ }).check({ force: true });
    await expect(page.getByText("34 appointments would be copied now.")).toBeVisible();
    await page.getByRole("button", { name: "Start copying" }).click();
    await expect(page.getByText("This calendar has such a binding already.")).toBeVisible();
    await checkPage(page, `bindings-refused-${colorScheme}`);
  });

  test(`what a host is subscribed to, ${colorScheme} ${where}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await signIn(page, product);
    const dialog = page.getByRole("dialog");
    const look = async (button: string, name: string) => {
      await page.getByRole("button", { name: button }).click();
      await expect(dialog).toBeVisible();
      await checkPage(page, `subscriptions-${name}-${colorScheme}`);
      await dialog.getByRole("button", { name: "Close" }).first().click();
      await expect(dialog).toHaveCount(0);
    };
    await page.goto(`${product.url}/subscriptions`);
    await look("2 skipped: Heinrich Heine school", "skipped");
    await page.getByRole("button", { name: "1 change of yours: Heinrich Heine school" }).click();
    await expect(dialog.getByText("Concert")).toBeVisible();
    await checkPage(page, `subscriptions-changes-${colorScheme}`);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await look("Unsubscribe: Holidays", "unsubscribe");
    await page.getByRole("link", { name: "Edit: Heinrich Heine school" }).click();
    await expect(page.getByText(/The feed asks for 24 hours/)).toBeVisible();
    await checkPage(page, `subscriptions-edit-${colorScheme}`);

    await page.goto(`${product.url}/subscriptions/new`);
    const address = page.getByLabel("Address of the calendar");
    await address.fill(`${feeds.url}nothing.ics`);
    await expect(address).toHaveAttribute("aria-invalid", "true");
    await page.getByText("Where do I find the address?").click();
    await checkPage(page, `subscriptions-new-refused-${colorScheme}`);
    const hearing = {
      uid: "hearing",
      title: "Hearing",
      start: `${feedDay.toString().replaceAll("-", "")}T090000Z`,
    };
    await address.fill(feeds.add(feedOf([hearing])).url);
    await page.getByLabel("Blocks bookings").check();
    await expect(page.getByText("Hearing", { exact: true })).toBeVisible();
    await checkPage(page, `subscriptions-new-${colorScheme}`);

    await page.goto(`${product.url}/calendar?view=day&date=${feedDay}`);
    await expect(
      page.getByRole("button", { name: /^Carnival, .*, Holidays, subscribed, free$/ }),
    ).toBeVisible();
    await checkPage(page, `calendar-feeds-${colorScheme}`);
    await page.getByRole("button", { name: /^Concert, / }).click();
    await expect(page.getByRole("dialog", { name: "Concert" })).toBeVisible();
    await checkPage(page, `calendar-feed-event-${colorScheme}`);
  });

  test(`what a host asks of a project, ${colorScheme} ${where}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await signIn(page, product);
    await page.goto(`${product.url}/projects`);
    const choose = async (project: RegExp, item: string) => {
      await page.getByRole("button", { name: project }).click();
      await page.getByRole("menuitem", { name: item }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    };
    const close = async () => {
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();
      // A dialog gives the focus back once it is gone, which closes a menu opened before that.
      await expect(page.getByRole("dialog")).toHaveCount(0);
    };
    await page.getByText("Show archived (1)").click();
    await page.getByRole("button", { name: /^Actions for Acme v/ }).click();
    await expect(page.getByRole("menuitem", { name: "Archive" })).toBeVisible();
    await checkPage(page, `projects-menu-${colorScheme}`);
    await page.keyboard.press("Escape");
    await choose(/^Actions for Acme v/, "Add inside");
    await checkPage(page, `projects-new-${colorScheme}`);
    await close();
    await choose(/^Actions for Internal/, "Move");
    await checkPage(page, `projects-move-${colorScheme}`);
    await close();
    await choose(/^Actions for Acme Aviation/, "In calendars");
    await expect(page.getByRole("list", { name: "Not there yet" })).toBeVisible();
    await checkPage(page, `projects-calendars-${colorScheme}`);
    await close();
    await choose(/^Actions for Acme Aviation/, "Members");
    const remove = page.getByRole("button", { name: "Remove Hanna Host" });
    await expect(remove).toBeVisible();
    await checkPage(page, `projects-members-${colorScheme}`);
    await remove.click();
    await expect(page.getByRole("heading", { name: /^Remove Hanna Host from/ })).toBeVisible();
    await checkPage(page, `projects-members-remove-${colorScheme}`);
  });

  test(`a visitor's own booking in every state, ${colorScheme} ${where}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const { token, become } = await bookForApproval();
    for (const [name, heading, values] of states) {
      await become(values);
      await page.goto(`${product.url}/booking/${token}`);
      await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
      await checkPage(page, `booking-${name}-${colorScheme}`);
    }
    await become({ status: "confirmed" });
    await page.goto(`${product.url}/booking/${token}`);
    await page.getByRole("link", { name: "Cancel booking" }).click();
    await expect(page.getByRole("heading", { name: "Cancel this booking?" })).toBeVisible();
    await checkPage(page, `booking-cancel-${colorScheme}`);
    await page.getByRole("link", { name: "Keep it" }).click();
    await page.getByRole("link", { name: "Choose another time" }).click();
    await expect(page.getByRole("gridcell", { name: /\d times? available/ }).first()).toBeVisible();
    await checkPage(page, `booking-move-${colorScheme}`);
    await chooseAnotherTime(page);
    await checkPage(page, `booking-move-decide-${colorScheme}`);
    const { booking } = await (await fetch(`${product.url}/api/v1/bookings/${token}`)).json();
    await page.goto(`${product.url}/booking/${token}/move?slot=${booking.starts_at}`);
    await expect(page.getByRole("heading", { name: "This is the time it has" })).toBeVisible();
    await checkPage(page, `booking-move-same-${colorScheme}`);
    await become({ status: "confirmed", waits_for: "approval", ...asksToMove });
    await page.reload();
    await expect(page.getByRole("button", { name: "Stay with this time" })).toBeVisible();
    await checkPage(page, `booking-move-stay-${colorScheme}`);
    await become({ status: "confirmed", starts_at: inDays(-2), ends_at: inDays(-2, 0.5) });
    await page.goto(`${product.url}/booking/${token}`);
    await expect(page.getByRole("heading", { name: "This meeting is over" })).toBeVisible();
    await checkPage(page, `booking-over-${colorScheme}`);
    await become({ status: "cancelled", cancelled_by: "visitor" });
    await page.goto(`${product.url}/booking/nobodys`);
    await expect(page.getByText("There is nothing at this address")).toBeVisible();
    await checkPage(page, `booking-unknown-${colorScheme}`);
  });

  test(`the host's answers, ${colorScheme} ${where}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const { id, hostPath, become } = await bookForApproval();
    const dialog = page.getByRole("dialog");
    await page.goto(`${product.url}${hostPath}`);
    await checkPage(page, `host-link-${colorScheme}`);
    await page.getByRole("button", { name: "Decline request" }).click();
    await expect(dialog).toBeVisible();
    await checkPage(page, `host-link-decline-${colorScheme}`);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Decline request" })).toBeFocused();
    await become({ status: "confirmed", waits_for: "approval", ...asksToMove });
    await page.goto(`${product.url}${hostPath}`);
    await expect(page.getByRole("heading", { name: /asks to move/ })).toBeVisible();
    await checkPage(page, `host-link-move-${colorScheme}`);

    await signIn(page, product);
    await page.goto(`${product.url}/bookings`);
    await expect(page.getByRole("button", { name: "Accept new time" }).first()).toBeVisible();
    await checkPage(page, `bookings-waiting-${colorScheme}`);
    await page.getByRole("button", { name: "Cancel", exact: true }).first().click();
    await expect(dialog).toBeVisible();
    await checkPage(page, `bookings-cancel-${colorScheme}`);
    await page.goto(`${product.url}/mailbox`);
    await page
      .getByRole("link", { name: /^Your answer, please/ })
      .first()
      .click();
    await expect(page.getByRole("heading", { level: 1, name: /^Your answer, please/ })).toBeVisible();
    await checkPage(page, `mail-${colorScheme}`);
    await become({ status: "declined", decline_reason: "host", reason: "Away" });
    await page.goto(`${product.url}/bookings?period=dropped`);
    await page.locator("summary").first().click();
    await expect(page.getByText("You declined it.").first()).toBeVisible();
    await checkPage(page, `bookings-dropped-${colorScheme}`);
    await become({ status: "confirmed" });
    await page.goto(`${product.url}/bookings/${id}/move`);
    await expect(page.getByRole("gridcell", { name: /\d times? available/ }).first()).toBeVisible();
    await checkPage(page, `bookings-move-${colorScheme}`);
    await chooseAnotherTime(page);
    await checkPage(page, `bookings-move-decide-${colorScheme}`);
    await become({ status: "cancelled", cancelled_by: "host" });
  });
}
