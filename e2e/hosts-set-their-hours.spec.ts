import { expect, type Page, test } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { checkPage } from "./support/check-page";
import { setUp, signIn } from "./support/host";
import { looks } from "./support/looks";
import { type Product, startProduct } from "./support/product";
import { expectedSlots, freeSlots } from "./support/slots";

// The browser's, which a new host's profile takes.
const timeZone = "Europe/Berlin";
// Far enough for the notice, near enough for the booking window.
const monday = Temporal.Now.plainDateISO(timeZone).add({ weeks: 2 });
const day = (weekday: number) => monday.add({ days: weekday - monday.dayOfWeek });
const at = (date: Temporal.PlainDate, time: string) =>
  date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });

let product: Product;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  const page = await browser.newPage();
  await setUp(page, product);
  await page.close();
});
test.afterAll(() => product?.stop());

test("hours over midnight, days off and a lunch are what visitors are offered @phone", async ({ page }) => {
  await signIn(page, product);
  await page.goto(`${product.url}/availability`);
  await page.getByLabel("Friday, from").selectOption("22:00");
  await page.getByLabel("Friday, to").selectOption("02:00 +1");
  await expect(page.getByText("Ends on Saturday.")).toBeVisible();
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.getByText("Weekly hours saved")).toBeVisible();
  await closeWednesdayAndThursday(page);
  await blockLunch(page);

  const busy = [
    { start: at(day(3), "00:00"), end: at(day(5), "00:00") },
    { start: at(day(1), "12:00"), end: at(day(1), "13:00") },
    { start: at(day(2), "12:00"), end: at(day(2), "13:00") },
  ];
  const night = Array.from({ length: 8 }, (_, n) =>
    at(day(5), "22:00")
      .add({ minutes: 30 * n })
      .toInstant()
      .toString(),
  );
  const from = at(day(1), "00:00").toInstant();
  const to = at(day(7), "00:00").toInstant();
  expect(await freeSlots(product, "30-minutes", from, to)).toEqual([
    ...[1, 2, 3, 4].flatMap((weekday) => expectedSlots(day(weekday), timeZone, busy)),
    ...night,
  ]);
});

test("the host sees why a time is not free, by pointer, by keyboard and by asking @phone", async ({
  page,
}) => {
  await signIn(page, product);
  await page.goto(`${product.url}/availability/explain?day=${day(1)}`);
  await expect(page.getByText("14 of 16 starts are free.")).toBeVisible();
  // The first that is not free.
  await expect(page.getByText("12:00–12:30 is not free")).toBeVisible();
  await expect(page.getByText("The blocked time “Lunch”, 12:00–13:00.").first()).toBeVisible();
  const strip = page.getByRole("slider", { name: "Start time" });
  await strip.press("ArrowRight");
  await expect(strip).toHaveAttribute("aria-valuetext", "12:30, not free");
  await strip.press("ArrowRight");
  await expect(page.getByText("13:00–13:30 is free")).toBeVisible();
  const box = await strip.boundingBox();
  if (!box) throw new Error("The strip is not there.");
  // Ten past twelve.
  const share = 12.17 / 24;
  const isAcross = box.width > box.height;
  await strip.click({
    position: isAcross
      ? { x: box.width * share, y: box.height / 2 }
      : { x: box.width / 2, y: box.height * share },
  });
  await expect(page.getByText("12:00–12:30 is not free")).toBeVisible();
  await page.getByLabel("Another time").fill("06:00");
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByText("06:00–06:30 is not free")).toBeVisible();
  await expect(page.getByText("Your hours do not have this time.")).toBeVisible();
  await page.goto(`${product.url}/availability/explain?day=${day(3)}`);
  await expect(page.getByText("Closed: this date has no hours.")).toBeVisible();
});

test("a second schedule is made, kept while it is the default, and deleted", async ({ page }) => {
  await signIn(page, product);
  await page.goto(`${product.url}/availability`);
  await page.getByRole("button", { name: "New schedule" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Create schedule" }).click();
  await expect(page.getByText("Give it a name.")).toBeVisible();
  await page.getByLabel("Name").fill("Evenings");
  await page.getByRole("button", { name: "Create schedule" }).click();
  await expect(page.getByRole("heading", { name: "Evenings" })).toBeVisible();
  await expect(page.getByText("No event type uses it.")).toBeVisible();
  await page.getByRole("button", { name: "Make default" }).click();
  await expect(page.getByRole("link", { name: "Evenings · default" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete" })).toHaveCount(0);
  await page.getByRole("link", { name: "Working hours" }).click();
  await expect(page.getByRole("heading", { name: "Working hours" })).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete schedule" }).click();
  await expect(page.getByText("It sets the hours of “30-minute meeting”.")).toBeVisible();
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("button", { name: "Make default" }).click();
  await expect(page.getByRole("link", { name: "Working hours · default" })).toBeVisible();
  await page.getByRole("link", { name: "Evenings" }).click();
  await expect(page.getByRole("heading", { name: "Evenings" })).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete schedule" }).click();
  await expect(page.getByRole("link", { name: "Evenings" })).toHaveCount(0);
});

for (const { colorScheme, where } of looks) {
  test(`everyone can set their hours, ${colorScheme} ${where}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await signIn(page, product);
    await page.goto(`${product.url}/availability`);
    await expect(page.getByText("Upcoming")).toBeVisible();
    await checkPage(page, `hours-${colorScheme}`);
    await page.getByRole("button", { name: /^Edit Wed/ }).click();
    await page.getByRole("radio", { name: "Other hours" }).check();
    await page.getByRole("heading", { name: "Dates with other hours" }).scrollIntoViewIfNeeded();
    await checkPage(page, `dates-${colorScheme}`);
    await page.goto(`${product.url}/availability/blocked-times`);
    await page.getByRole("button", { name: /^Edit Lunch/ }).click();
    await checkPage(page, `blocked-time-${colorScheme}`);
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await checkPage(page, `blocked-times-${colorScheme}`);
    await page.goto(`${product.url}/availability/explain?day=${day(1)}`);
    await expect(page.getByText("12:00–12:30 is not free")).toBeVisible();
    await checkPage(page, `explain-${colorScheme}`);
  });
}

/** Wednesday by a press, Thursday taken along by the keyboard. */
async function closeWednesdayAndThursday(page: Page): Promise<void> {
  const name = day(3).toLocaleString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  const wednesday = page.getByRole("button", { name: new RegExp(`^${name.replace(",", "")},`) });
  while ((await wednesday.count()) === 0) await page.getByRole("button", { name: "Next month" }).click();
  await wednesday.click();
  await wednesday.press("Shift+ArrowRight");
  await page.getByRole("button", { name: "Save dates" }).click();
  await expect(page.getByText("Dates saved")).toBeVisible();
  await expect(page.getByRole("region", { name: "Upcoming dates" }).getByText("Closed")).toBeVisible();
}

async function blockLunch(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Blocked times" }).click();
  await page.getByRole("button", { name: "Block a time" }).click();
  await page.getByLabel("Title").fill("Lunch");
  await page.getByLabel("From", { exact: true }).fill(day(1).toString());
  await page.getByLabel("To time").fill("11:00");
  await page.getByRole("dialog").getByRole("button", { name: "Block this time" }).click();
  await expect(page.getByText("11:00 is not after 12:00 on the same date.")).toBeVisible();
  await page.getByLabel("To time").fill("13:00");
  await page.getByLabel("Repeats").check();
  await page.getByRole("checkbox", { name: "Tuesday" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Block this time" }).click();
  await expect(page.getByText(/^Every Monday and Tuesday, 12:00–13:00/)).toBeVisible();
}
