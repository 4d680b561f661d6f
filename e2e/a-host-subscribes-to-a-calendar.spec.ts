import { expect, type Page, test } from "@playwright/test";
import type { Temporal } from "temporal-polyfill";
import { feedOf } from "./feed-text";
import { type HostileFeed, type HostileFeeds, startHostileFeeds } from "./hostile-feed";
import { answer, feedAccidents } from "./hostile-feed-accidents";
import { checkPage } from "./support/check-page";
import { setUp, signIn } from "./support/host";
import { type Product, startProduct } from "./support/product";
import { freeSlots, workingTime } from "./support/slots";

const timeZone = "Europe/Berlin";
const eventType = "30-minutes";

let product: Product;
let feeds: HostileFeeds;
test.beforeAll(async ({ browser }) => {
  [product, feeds] = await Promise.all([startProduct(), startHostileFeeds()]);
  const page = await browser.newPage();
  await setUp(page, product);
  await page.close();
});
test.afterAll(async () => {
  await Promise.all([product?.stop(), feeds?.stop()]);
});

const dayOn = (nth: number) => workingTime(nth, "12:00", timeZone).toZonedDateTimeISO(timeZone).toPlainDate();
const iCalendar = (day: Temporal.PlainDate) => day.toString().replaceAll("-", "");
const words = (day: Temporal.PlainDate) =>
  day
    .toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" })
    .replace(",", "");

const row = (page: Page, name: string) => page.getByRole("listitem", { name, exact: true });
const refresh = (page: Page, name: string) =>
  page.getByRole("button", { name: `Refresh now: ${name}`, exact: true }).click();

/** From the empty form to the list, as somebody does who takes everything as it is. */
async function subscribe(page: Page, feed: HostileFeed, name: string, isBlocking = false): Promise<void> {
  await page.goto(`${product.url}/subscriptions/new`);
  await page.getByLabel("Address of the calendar").fill(feed.url);
  await page.getByLabel("Name", { exact: true }).fill(name);
  if (isBlocking) await page.getByLabel("Blocks bookings").check();
  await page.getByRole("button", { name: "Subscribe" }).click();
  await expect(row(page, name).getByText("Up to date")).toBeVisible({ timeout: 45_000 });
}

test("what lies at an address is seen before it is kept, and then in the calendar", async ({ page }) => {
  const [first, second] = [dayOn(1), dayOn(2)];
  const feed = feeds.add(
    feedOf(
      [
        { uid: "hearing", title: "Oral hearing", start: `${iCalendar(first)}T080000Z` },
        {
          uid: "session",
          title: "Session",
          start: `${iCalendar(first)}T120000Z`,
          lines: ["RRULE:FREQ=DAILY;COUNT=3"],
        },
        { uid: "broken", title: "Inspection", start: "20261301T990000Z" },
      ],
      ["X-WR-CALNAME:Court of Düsseldorf", "REFRESH-INTERVAL;VALUE=DURATION:P1D"],
    ),
  );
  await signIn(page, product);
  await page.goto(`${product.url}/subscriptions`);
  await expect(page.getByText("No subscriptions yet")).toBeVisible();
  await checkPage(page, "subscriptions-none");
  await page.getByRole("link", { name: "Subscribe to a calendar" }).click();

  // By keyboard alone: the field has the focus, Enter asks at once, and the error stands beside the field.
  const address = page.getByLabel("Address of the calendar");
  await expect(address).toBeFocused();
  await page.keyboard.insertText(`${feeds.url}nothing.ics`);
  await page.keyboard.press("Enter");
  await expect(address).toHaveAccessibleDescription(/has no calendar at this address \(404\)/);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(feed.url);
  const found = page.getByRole("region", { name: "What it holds" });
  await expect(found.getByText("2 events", { exact: true })).toBeVisible();
  await expect(found.getByRole("listitem").first()).toContainText(`Oral hearing${words(first)}`);
  await found.getByText("1 event could not be read").press("Enter");
  await expect(found.getByText("Inspection")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Court of Düsseldorf");
  await expect(page.getByText(/The feed asks for 24 hours between two readings/)).toBeVisible();
  await page.getByRole("radio", { name: "Violet" }).check();
  await page.getByRole("button", { name: "Subscribe" }).press("Enter");
  await expect(row(page, "Court of Düsseldorf").getByText("Up to date")).toBeVisible({ timeout: 45_000 });
  await expect(row(page, "Court of Düsseldorf")).toContainText(
    "2 events · read every 24 hours, as the feed asks",
  );

  await page.goto(`${product.url}/calendar?view=month&date=${first}`);
  const session = page.getByRole("button", { name: /^Session, .*, Court of Düsseldorf, subscribed$/ });
  await expect(session).toHaveCount(3);
  await page.getByRole("button", { name: "Court of Düsseldorf", pressed: true }).click();
  await expect(session).toHaveCount(0);
  await page.getByRole("button", { name: "Court of Düsseldorf", pressed: false }).click();

  await page.goto(`${product.url}/calendar?view=day&date=${second}`);
  await expect(session).toHaveCount(1);
  await session.press("Enter");
  await page.getByRole("dialog", { name: "Session" }).getByRole("button", { name: "Hide it" }).click();
  await expect(session).toHaveCount(0);
  await page.goto(`${product.url}/calendar?view=month&date=${first}`);
  await expect(page.getByRole("button", { name: /^Oral hearing, / })).toHaveCount(1);
  await expect(session).toHaveCount(0);

  await page.goto(`${product.url}/subscriptions`);
  await page.getByRole("button", { name: "1 change of yours: Court of Düsseldorf" }).click();
  await page.getByRole("button", { name: "Take back: Session" }).click();
  await expect(page.getByText("Everything is as the feed says.")).toBeVisible();
  await page.goto(`${product.url}/calendar?view=month&date=${first}`);
  await expect(session).toHaveCount(3);
});

test("holidays that block bookings take their days off the public page, and unsubscribing gives them back", async ({
  page,
  browser,
}) => {
  const [holiday, dayAfter] = [dayOn(3), dayOn(4)];
  const feed = feeds.add(
    feedOf([
      { uid: "holiday", title: "St. Nicholas", start: iCalendar(holiday), lines: ["TRANSP:TRANSPARENT"] },
    ]),
  );
  const slotsOn = (day: Temporal.PlainDate) => {
    const start = day.toZonedDateTime({ timeZone });
    return freeSlots(product, eventType, start.toInstant(), start.add({ days: 1 }).toInstant());
  };
  const visitor = await browser.newPage();
  const lookAt = (day: Temporal.PlainDate) => {
    const name = day
      .toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long" })
      .replace(",", "");
    return visitor.getByRole("gridcell", { name: new RegExp(`^${name}.*\\d times? available`) });
  };
  const before = [await slotsOn(holiday), await slotsOn(dayAfter)];
  expect(before.map(({ length }) => length)).toEqual([16, 16]);
  await visitor.goto(`${product.url}/book/hanna/${eventType}?month=${holiday.toPlainYearMonth()}`);
  await expect(lookAt(holiday)).toBeVisible();

  await signIn(page, product);
  await subscribe(page, feed, "Holidays", true);
  expect(await slotsOn(holiday)).toEqual([]);
  expect(await slotsOn(dayAfter)).toEqual(before[1]);
  // The page that was open all the while knows by itself.
  await expect(lookAt(holiday)).toHaveCount(0);

  // A host who does not want that for days marked free says so, and may change his mind.
  const days = page.getByRole("switch", { name: "Whole days block, even if marked free: Holidays" });
  await days.uncheck();
  await expect.poll(() => slotsOn(holiday)).toEqual(before[0]);
  await days.check();
  await expect.poll(() => slotsOn(holiday)).toEqual([]);

  await page.getByRole("button", { name: "Unsubscribe: Holidays" }).click();
  const dialog = page.getByRole("dialog", { name: "Unsubscribe from “Holidays”?" });
  await expect(dialog).toContainText("The times that blocked bookings are free again.");
  await dialog.getByRole("button", { name: "Unsubscribe" }).click();
  // While it is open, nothing behind it can be found.
  await expect(dialog).toHaveCount(0);
  await expect(row(page, "Holidays")).toHaveCount(0);
  expect([await slotsOn(holiday), await slotsOn(dayAfter)]).toEqual(before);
  await expect(lookAt(holiday)).toBeVisible();
  await visitor.close();
});

test("a feed that breaks says so, keeps its last good copy, and is read again when asked", async ({
  page,
}) => {
  const day = dayOn(1);
  const feed = feeds.add(feedOf([{ uid: "term", title: "Term begins", start: iCalendar(day) }]));
  await signIn(page, product);
  await subscribe(page, feed, "School");
  const school = row(page, "School");

  feed.behave(feedAccidents.loginPage);
  await refresh(page, "School");
  await expect(school.getByText("Failing")).toBeVisible();
  await expect(school).toContainText("It is a web page, not a calendar.");
  await expect(school).toContainText("after 4 more failures it is switched off");
  feed.behave(answer(410));
  await refresh(page, "School");
  await expect(school.getByText("Switched off")).toBeVisible();
  await expect(school).toContainText("gone for good (410)");
  await page.goto(`${product.url}/calendar?view=month&date=${day}`);
  await expect(page.getByRole("button", { name: /^Term begins, / })).toBeVisible();

  feed.behave();
  feed.text = feedOf([{ uid: "term", title: "Term begins later", start: iCalendar(day) }]);
  await page.goto(`${product.url}/subscriptions`);
  await refresh(page, "School");
  await expect(school.getByText("Up to date")).toBeVisible();
  await page.goto(`${product.url}/calendar?view=month&date=${day}`);
  await expect(page.getByRole("button", { name: /^Term begins later, / })).toBeVisible();
});
