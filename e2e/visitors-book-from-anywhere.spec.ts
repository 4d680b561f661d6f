import { devices, expect, type Page, test } from "@playwright/test";
import type postgres from "postgres";
import { Temporal } from "temporal-polyfill";
import { checkPage } from "./support/check-page";
import { tabTo } from "./support/keyboard";
import { type Product, startProduct } from "./support/product";
import { addEventType, connect, seedHost } from "./support/seed";
import { nextMonth } from "./support/slots";

const { defaultBrowserType: _, ...pixel } = devices["Pixel 7"];
const hostZone = "Europe/Brussels";
/** The Friday before the clocks change in Brussels, far enough ahead to be bookable. */
const friday = nextChange(Temporal.Now.zonedDateTimeISO(hostZone).add({ days: 5 }))
  .toPlainDate()
  .subtract({ days: 2 });
const mondayAfter = friday.add({ days: 3 });

let product: Product;
let sql: postgres.Sql;
let host: Awaited<ReturnType<typeof seedHost>>;
test.beforeAll(async () => {
  product = await startProduct();
  sql = connect(product.databaseUrl);
  host = await seedHost(sql, { timeZone: hostZone, hours: [540, 1020] });
  await sql`update event_types set booking_window_days = 400 where host_id = ${host.id}`;
  await addEventType(sql, host, {
    ...{ slug: "hour", title: "An hour", duration_minutes: 60, booking_window_days: 400 },
  });
  await addEventType(sql, host, {
    ...{
      slug: "office",
      title: "At the office",
      location_kind: "address",
      location: "Grote Markt 1, Brussels",
    },
  });
});
test.afterAll(async () => {
  await sql?.end();
  await product?.stop();
});

const dayName = (day: Temporal.PlainDate) =>
  day.toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long" }).replace(",", "");

/** What a visitor must see on `day`: the host's half hours from 9 to 17, every day, by the visitor's clock. */
function expectedTimes(day: Temporal.PlainDate, timeZone: string): string[] {
  return [-1, 0, 1]
    .flatMap((shift) =>
      Array.from({ length: 16 }, (_, n) =>
        day
          .add({ days: shift })
          .toZonedDateTime({
            timeZone: hostZone,
            plainTime: Temporal.PlainTime.from("09:00").add({ minutes: 30 * n }),
          })
          .withTimeZone(timeZone),
      ),
    )
    .filter((start) => start.toPlainDate().equals(day))
    .map((start) => start.toPlainTime().toString({ smallestUnit: "minute" }));
}

async function shownTimes(page: Page): Promise<string[]> {
  const names = await page.locator("li[data-start] button").allInnerTexts();
  return names.map((name) => name.slice(0, 5));
}

const visitors = [
  { timeZone: "Asia/Kathmandu", city: "Kathmandu", offset: "GMT+5:45" },
  { timeZone: "Pacific/Honolulu", city: "Honolulu", offset: "GMT−10" },
];
for (const { timeZone, city, offset } of visitors) {
  test.describe(`a visitor in ${city}`, () => {
    test.use({ timezoneId: timeZone });

    test("sees the host's hours by their own clock, before and after the host's clocks change", async ({
      page,
    }) => {
      for (const day of [friday, mondayAfter]) {
        await page.goto(`${product.url}/book/${host.handle}/short?day=${day}`);
        await expect(page.getByRole("heading", { name: dayName(day) })).toBeVisible();
        await expect(page.getByText(`${city} time${offset}`).first()).toBeVisible();
        const expected = expectedTimes(day, timeZone);
        expect(expected).toHaveLength(16);
        expect(await shownTimes(page)).toEqual(expected);
      }
      // Brussels moved by an hour, they did not.
      expect(expectedTimes(friday, timeZone)).not.toEqual(expectedTimes(mondayAfter, timeZone));
    });

    test("books, and is told both clocks", async ({ page }) => {
      await page.goto(`${product.url}/book/${host.handle}/short?day=${mondayAfter}`);
      const first = page.locator("li[data-start]").first();
      const start = Temporal.Instant.from((await first.getAttribute("data-start")) ?? "");
      await first.getByRole("button").click();
      await page.getByLabel("Name").fill("Vera Visitor");
      await page.getByLabel("E-mail").fill("vera@example.test");
      await page.getByRole("button", { name: "Confirm booking" }).click();
      await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
      for (const zone of [timeZone, hostZone]) {
        const clock = start.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: "minute" });
        await expect(page.getByText(clock).first()).toBeVisible();
      }
      await expect(page.getByText(`${city} time, ${offset}`)).toBeVisible();
      await expect(page.getByText(/Brussels time, GMT\+\d/)).toBeVisible();
    });

    test("is shown the clock of the place where they meet in person", async ({ page }) => {
      const day = Temporal.Now.plainDateISO(timeZone).add({ days: 3 });
      await page.goto(`${product.url}/book/${host.handle}/office?day=${day}`);
      await expect(page.getByText("You meet in person, so all times are those of the place.")).toBeVisible();
      await expect(
        page.getByRole("button", { name: "09:00 to 09:30, Brussels time" }).first(),
      ).toBeAttached();
      await expect(page.getByRole("combobox")).toHaveCount(0);
    });
  });
}

test.describe("a visitor whose evening is the host's morning", () => {
  test.use({ timezoneId: "Pacific/Honolulu" });
  test("is told which meeting ends on the next day", async ({ page }) => {
    const day = friday.subtract({ days: 7 });
    await page.goto(`${product.url}/book/${host.handle}/hour?day=${day}`);
    const late = page.getByRole("button", { name: "23:30 to 00:30, Honolulu time, ends next day" });
    await late.click();
    await expect(page.getByText("(ends the next day)")).toBeVisible();
  });
});

test.describe("a day on which the visitor's own clocks change", () => {
  test.use({ timezoneId: hostZone });
  test("says so, and tells apart what the clock shows twice", async ({ page }) => {
    const autumn = nextChange(
      Temporal.Now.zonedDateTimeISO(hostZone).add({ days: 5 }),
      (change) => change.hoursInDay === 25,
    );
    const night = await seedHost(sql, { timeZone: "America/New_York", hours: [1140, 1320] });
    await sql`update event_types set booking_window_days = 400 where host_id = ${night.id}`;
    await page.goto(`${product.url}/book/${night.handle}/short?day=${autumn.toPlainDate()}`);
    await expect(page.getByText("The clocks change on this day.")).toBeVisible();
    const twice = page.getByRole("button", { name: /^02:00 to .*, Brussels time, GMT\+[12]$/ });
    await expect(twice).toHaveCount(2);
    await expect(page.getByText("GMT+2, then GMT+1")).toBeVisible();
  });
});

test("somebody without a mouse books from the first day to the last field", async ({ page }) => {
  await page.goto(`${product.url}/book/${host.handle}/short`);
  const days = page.getByRole("gridcell", { name: /\d+ times? available/ });
  await expect(days.first()).toBeVisible();
  const focused = page.locator(":focus");

  await tabTo(page, "Time zone");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Search time zones")).toBeFocused();
  await page.keyboard.type("kathm");
  await expect(page.getByRole("option", { name: /Kathmandu/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: /Kathmandu, GMT\+5:45/ })).toBeFocused();
  await tabTo(page, "Next month");
  const shown = await monthShown(page);
  // Tab may be pressed before the next month is drawn: then a day that goes has the focus.
  await focused.evaluate((next: HTMLElement) => {
    next.click();
    document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus();
  });
  await expect.poll(() => monthShown(page)).not.toBe(shown);
  await expect(focused).toHaveAccessibleName(/, (\d+ times? available|not available|loading)$/);
  const start = await focusedDay(page);
  for (const [key, move] of [
    ["ArrowRight", { days: 1 }],
    ["ArrowDown", { days: 7 }],
    ["ArrowUp", { days: -7 }],
    ["ArrowLeft", { days: -1 }],
    ["PageDown", { months: 1 }],
    ["PageUp", { months: -1 }],
  ] as const) {
    const before = await focusedDay(page);
    await page.keyboard.press(key);
    await expect.poll(async () => String(await focusedDay(page))).toBe(String(before.add(move)));
  }
  expect(String(await focusedDay(page))).toBe(String(start));
  // The week may have begun in the month before, and the focus comes when that is drawn.
  const monday = start.subtract({ days: start.dayOfWeek - 1 });
  const chosen = monday.add({ weeks: 1 });
  await page.keyboard.press("Home");
  await expect.poll(async () => String(await focusedDay(page))).toBe(String(monday));
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => String(await focusedDay(page))).toBe(String(chosen));
  await expect(focused).toHaveAccessibleName(/\d+ times? available$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: dayName(chosen) })).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: /^\d+ times on / })).toBeAttached();

  await tabTo(page, /^\d\d:\d\d to \d\d:\d\d, .*Kathmandu time$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Your details" })).toBeFocused();
  await tabTo(page, "Name");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(/your name/);
  await page.keyboard.type("Vera Visitor");
  await page.keyboard.press("Tab");
  await page.keyboard.type("vera@example.test");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
});

test("reload and back keep the month, the length, the day and the time", async ({ page }) => {
  await addEventType(sql, host, { slug: "lengths", other_durations: [15, 60] });
  await page.goto(`${product.url}/book/${host.handle}/lengths?month=${nextMonth()}`);
  await page.getByRole("radio", { name: "1 hour" }).check();
  await expect(page).toHaveURL(/duration=60/);
  await page
    .getByRole("gridcell", { name: /\d+ times? available/ })
    .nth(1)
    .click();
  const times = page.getByRole("button", { name: /^09:00 to 10:00/ });
  await times.click();
  await expect(page.getByText(/09:00 – 10:00/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Your details" })).toBeVisible();
  await page.goBack();
  await expect(times).toBeVisible();
  await page.reload();
  await expect(times).toBeVisible();
  await page.goForward();
  await page.getByLabel("Name").fill("Vera Visitor");
  await page.getByLabel("E-mail").fill("vera@example.test");
  await page.getByRole("button", { name: "Confirm booking" }).click();
  await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
  const [row] = await sql`select extract(epoch from ends_at - starts_at)::int / 60 as minutes from bookings
    order by created_at desc limit 1`;
  expect(row?.minutes).toBe(60);
});

test.describe("on a phone", () => {
  test.use({ ...pixel, viewport: { width: 320, height: 640 } });
  test("a visitor books with a thumb, date after time after form", async ({ page }) => {
    await page.goto(`${product.url}/book/${host.handle}/short?month=${nextMonth()}`);
    const day = page.getByRole("gridcell", { name: /\d+ times? available/ }).nth(2);
    await expect(day).toBeVisible();
    await checkTargets(page);
    await checkPage(page, "thumb-month");
    await day.tap();
    await expect(page.getByRole("grid")).toBeHidden();
    await checkTargets(page);
    await checkPage(page, "thumb-times");
    await page.getByRole("button", { name: "Choose another date" }).tap();
    await expect(page.getByRole("grid")).toBeVisible();
    await page.goBack();
    await page.locator("li[data-start] button").first().tap();
    await checkTargets(page);
    await checkPage(page, "thumb-form");
    await page.getByLabel("Name").fill("Vera Visitor");
    await page.getByLabel("E-mail").fill("vera@example.test");
    await page.getByRole("button", { name: "Confirm booking" }).tap();
    await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
  });
});

/** 44 px for every control a finger is meant for; a radio or tick box is as large as its label. */
async function checkTargets(page: Page): Promise<void> {
  const small = await page.locator("main :is(button, a, input, label)").evaluateAll((all) =>
    all.flatMap((each) => {
      const { width, height } = (each.closest("label") ?? each).getBoundingClientRect();
      const isSmall = width > 2 && (width < 43.9 || height < 43.9);
      return isSmall && !each.matches("label[for]") ? [`${each.textContent} ${width}×${height}`] : [];
    }),
  );
  expect(small).toEqual([]);
}

async function focusedDay(page: Page): Promise<Temporal.PlainDate> {
  const label = (await page.locator(":focus").getAttribute("aria-label")) ?? "";
  const [, day, month, year] = label.match(/(\d+) (\w+) (\d{4})/) ?? [];
  const date = new Date(`${day} ${month} ${year} 12:00Z`);
  return Temporal.PlainDate.from(date.toISOString().slice(0, 10));
}

function nextChange(
  from: Temporal.ZonedDateTime,
  isWanted: (change: Temporal.ZonedDateTime) => boolean = () => true,
): Temporal.ZonedDateTime {
  const change = from.getTimeZoneTransition("next");
  if (!change) throw new Error("The clocks never change there.");
  return isWanted(change) ? change : nextChange(change, isWanted);
}

/** What the grid of days is labelled with. */
function monthShown(page: Page): Promise<string | null> {
  return page
    .getByRole("grid")
    .evaluate(
      (grid) => document.getElementById(grid.getAttribute("aria-labelledby") ?? "")?.textContent ?? null,
    );
}
