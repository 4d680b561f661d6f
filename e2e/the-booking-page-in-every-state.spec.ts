import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import type postgres from "postgres";
import { checkPage } from "./support/check-page";
import { looks } from "./support/looks";
import { postBooking } from "./support/post";
import { type Product, startProduct } from "./support/product";
import { addCalendar, addEventType, connect, seedHost } from "./support/seed";
import { nextMonth } from "./support/slots";

let product: Product;
let sql: postgres.Sql;
let host: Awaited<ReturnType<typeof seedHost>>;
let paused: typeof host;
test.beforeAll(async () => {
  product = await startProduct();
  sql = connect(product.databaseUrl);
  host = await seedHost(sql, { timeZone: "Europe/Berlin", hours: [540, 1020] });
  paused = await seedHost(sql);
  await addCalendar(sql, paused, new Date(0));
  await addEventType(sql, host, {
    ...{ slug: "lengths", title: "Planning session", color: "#8a63d2", other_durations: [15, 60, 90] },
    ...{ location_kind: "video", location: "https://meet.example.test/secret" },
    description: "We look at your plans together and find the next three steps.",
  });
  await addEventType(sql, host, {
    ...{ slug: "asks", title: "First consultation", color: "#d25249", requires_approval: true },
    ...{ location_kind: "visitor_phone", questions: sql.json(questions) },
  });
  await addEventType(sql, host, { slug: "office", title: "At the office", ...office });
  await addEventType(sql, host, { slug: "full", title: "Workshop", schedule_id: await noHours() });
  await addEventType(sql, host, {
    slug: "over",
    title: "Open day",
    schedule_id: await noHours(),
    ...lastYear,
  });
  await addEventType(sql, host, { slug: "later", title: "Next spring", ...inTwoMonths() });
});
test.afterAll(async () => {
  await sql?.end();
  await product?.stop();
});

const office = { location_kind: "address", location: "Alexanderplatz 1, Berlin" };
const question = (id: string, kind: string, label: string, isRequired: boolean, options: string[] = []) => ({
  ...{ id, kind, label, isRequired, options },
});
const questions = [
  question("firm", "line", "Which company are you with?", false),
  question("topic", "choice", "What is it about?", true, ["A patent", "A trade mark", "Something else"]),
  question("story", "text", "What happened so far?", false),
  question("terms", "checkbox", "I have read the terms of a first consultation", true),
];
const lastYear = {
  booking_window_kind: "date_range",
  window_first_day: "2025-03-01",
  window_last_day: "2025-03-31",
};

function inTwoMonths() {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  return { booking_window_kind: "date_range", window_first_day: day(65), window_last_day: day(70) };
}

async function noHours(): Promise<string> {
  const [schedule] = await sql`
    insert into schedules (host_id, name) values (${host.id}, ${randomUUID()}) returning id`;
  return schedule?.id;
}

const open = (page: Page, slug: string, of = host) => page.goto(`${product.url}/book/${of.handle}/${slug}`);
const openNextMonth = (page: Page, slug: string) => open(page, `${slug}?month=${nextMonth()}`);
const freeDays = (page: Page) => page.getByRole("gridcell", { name: /\d+ times? available/ });

/** A time of the month's third free day. */
async function chooseTime(page: Page, nth = 0): Promise<void> {
  await freeDays(page).nth(2).click();
  await page.locator("li[data-start] button").nth(nth).click();
  await expect(page.getByRole("heading", { name: "Your details" })).toBeVisible();
}

for (const { colorScheme, where } of looks) {
  test.describe(`${colorScheme} ${where}`, () => {
    test.use({ colorScheme });
    const check = (page: Page, name: string) => checkPage(page, `page-${name}-${colorScheme}`);

    test("what a host can be booked for", async ({ page }) => {
      await page.goto(`${product.url}/book/${host.handle}`);
      await expect(
        page.getByText("15, 30, 60 or 90 minutes").or(page.getByText(/15 minutes, 30/)),
      ).toBeVisible();
      expect(await page.content()).not.toContain("meet.example.test");
      await check(page, "host");
    });

    test("loading, and a server that does not answer", async ({ page }) => {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route("**/api/v1/slots*", async (route) => {
        await held;
        await route.abort();
      });
      await open(page, "lengths");
      await expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "true");
      await check(page, "loading");
      release();
      await expect(page.getByText("The free times could not be loaded")).toBeVisible();
      await check(page, "unreachable");
    });

    test("several lengths", async ({ page }) => {
      await openNextMonth(page, "lengths");
      await expect(freeDays(page).first()).toBeVisible();
      await check(page, "lengths");
      await page.getByRole("radio", { name: "1 h 30 min" }).check();
      // A day on which no other test books.
      await freeDays(page).nth(5).click();
      await expect(page.getByRole("button", { name: /^09:00 to 10:30, Berlin time/ })).toBeVisible();
      await check(page, "lengths-times");
    });

    test("questions, and what was left out", async ({ page }) => {
      await openNextMonth(page, "asks");
      await chooseTime(page);
      await check(page, "questions");
      await page.getByLabel("Name").fill("Vera Visitor");
      await page.getByRole("button", { name: "Request this time" }).click();
      await expect(page.getByLabel("E-mail")).toBeFocused();
      await expect(page.getByRole("textbox", { name: "Phone" })).toHaveAccessibleDescription(
        /calls you.*number to call/,
      );
      await expect(page.getByRole("radiogroup")).toHaveAccessibleDescription(/choose one/);
      await expect(page.getByRole("checkbox")).toHaveAccessibleDescription(/tick this box/);
      await check(page, "questions-errors");
      await page.getByLabel("E-mail").fill("vera@example.test");
      await page.getByLabel("Phone").fill("+49 30 123 45 67");
      await page.getByRole("radio", { name: "A patent" }).check();
      await page.getByRole("checkbox").check();
      await page.getByRole("button", { name: "Request this time" }).click();
      await expect(page).toHaveURL(/\/booking\//);
      const [row] = await sql`select visitor_phone, answers from bookings order by created_at desc limit 1`;
      expect(row?.visitor_phone).toBe("+49 30 123 45 67");
      expect(row?.answers).toEqual([
        { id: "topic", label: "What is it about?", answer: "A patent" },
        { id: "terms", label: "I have read the terms of a first consultation", answer: "Yes" },
      ]);
    });

    test("a time that was taken", async ({ page }) => {
      await openNextMonth(page, "short");
      await chooseTime(page, 3);
      await page.getByLabel("Name").fill("Vera Visitor");
      const start = new URL(page.url()).searchParams.get("slot");
      const { status } = await postBooking(product, {
        ...{ host: host.handle, eventType: "short", start, timeZone: "UTC", idempotencyKey: randomUUID() },
        ...{ name: "Otto Other", email: "otto@example.test" },
      });
      expect(status).toBe(201);
      await expect(page.getByText("That time was just taken")).toBeVisible();
      await check(page, "taken");
    });

    test("a meeting in person", async ({ page }) => {
      await open(page, "office");
      await expect(freeDays(page).first()).toBeVisible();
      await check(page, "in-person");
    });

    test("nothing free: at all, any more, this month, and while a calendar cannot be read", async ({
      page,
    }) => {
      await open(page, "full");
      await expect(page.getByText("No times are free at the moment.")).toBeVisible();
      await check(page, "none");
      await open(page, "over");
      await expect(page.getByText("The last day for this meeting was")).toBeVisible();
      await check(page, "over");
      await open(page, "short", paused);
      await expect(page.getByText("Bookings are paused")).toBeVisible();
      await check(page, "paused");
      // Far bookings open where the first ones are, and lead no further back.
      await open(page, "later");
      await expect(freeDays(page).first()).toBeVisible();
      await expect(page.getByRole("button", { name: "Previous month" })).toHaveAttribute(
        "aria-disabled",
        "true",
      );
      await sql`update event_types set window_first_day = current_date, booking_window_days = 120 where slug = 'later'`;
      await sql`insert into blocked_times (host_id, time_zone, starts_at, ends_at)
        select ${host.id}, 'UTC', date_trunc('month', now()), date_trunc('month', now()) + interval '1 month'`;
      await open(page, `later?month=${new Date().toISOString().slice(0, 7)}`);
      await expect(page.getByText(/No times are free in .* The next ones are later./)).toBeVisible();
      await check(page, "empty-month");
      await page.getByRole("button", { name: /^Go to / }).click();
      await expect(page.getByRole("heading", { level: 2 }).last()).toBeFocused();
      await sql`delete from blocked_times where host_id = ${host.id}`;
      await sql`update event_types set window_first_day = ${inTwoMonths().window_first_day} where slug = 'later'`;
    });
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("the page says so and shows a way out", async ({ page }) => {
    await open(page, "short");
    await expect(page.getByRole("heading", { name: "Free times need JavaScript" })).toBeVisible();
    await expect(page.locator(".animate-pulse:visible")).toHaveCount(0);
    await page.screenshot({ path: "test-results/screens/page-without-scripts.png" });
    await page.getByRole("link", { name: "Everything Hanna Host can be booked for" }).click();
    await expect(page.getByRole("link", { name: /Short/ })).toBeVisible();
  });
});

test("nothing needs to be kept in the browser, and nothing is", async ({ page, context }) => {
  await page.addInitScript(() => {
    for (const kind of ["localStorage", "sessionStorage"] as const)
      Object.defineProperty(window, kind, {
        get: () => {
          throw new DOMException("Storage is off.", "SecurityError");
        },
      });
  });
  await openNextMonth(page, "short");
  await chooseTime(page, 6);
  await page.getByLabel("Name").fill("Vera Visitor");
  await page.getByLabel("E-mail").fill("vera@example.test");
  await page.getByRole("button", { name: "Confirm booking" }).click();
  await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
  expect(await context.cookies()).toEqual([]);
});
