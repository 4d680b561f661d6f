import { expect, type Page, test } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { type Radicale, startRadicale } from "./radicale";
import { connect, setUpByHand, signIn, signInByForm, syncNow } from "./support/host";
import { type Product, startProduct } from "./support/product";
import { expectedSlots, freeSlots } from "./support/slots";

const timeZone = "Europe/Berlin";
const eventType = "30-minutes";
/** Monday of the week in which the clocks change next, far enough ahead that the week before can be booked. */
const changeWeek = mondayOf(nextChange(Temporal.Now.zonedDateTimeISO(timeZone).add({ days: 20 })));

let product: Product;
let radicale: Radicale;
let work: string;
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  [product, radicale] = await Promise.all([startProduct(), startRadicale()]);
  work = await radicale.makeCalendar("work", { displayName: "Work" });
  await radicale.makeCalendar("home", { displayName: "Home" });
});
test.afterAll(async () => {
  await Promise.all([product?.stop(), radicale?.stop()]);
});

test("a host sets up, signs in again, connects a calendar and sets hours", async ({ page }) => {
  await setUpByHand(page, product);
  await page.getByRole("button", { name: "Sign out" }).first().click();
  await expect(page).toHaveURL(/sign-in/);
  await page.goto(`${product.url}/dashboard`);
  await expect(page).toHaveURL(/sign-in/);
  await signInByForm(page, product);
  await connect(page, product, radicale, { blocking: ["Work", "Home"], receiving: "Work" });

  await page.goto(`${product.url}/availability`);
  await page.getByRole("checkbox", { name: "Saturday" }).check();
  await page.getByRole("button", { name: /Save/ }).click();
  await expect(page.getByText("Weekly hours saved")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "Saturday" })).toBeChecked();
  await page.getByRole("checkbox", { name: "Saturday" }).uncheck();
  await page.getByRole("button", { name: /Save/ }).click();
  await expect(page.getByText("Weekly hours saved")).toBeVisible();

  await page.goto(`${product.url}/event-types`);
  await page
    .getByRole("link", { name: /30-minute meeting/ })
    .first()
    .click();
  await page.getByLabel("Booking window (days)").fill("400");
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(page).toHaveURL(/event-types$/);
});

test("its set-up link works once", async ({ page }) => {
  await page.goto(product.setupLink);
  await expect(page.getByRole("button", { name: "Create account" })).toHaveCount(0);
});

test("single, weekly, moved, excepted and all-day events block exactly their time across a clock change", async ({
  page,
}) => {
  const series = changeWeek.subtract({ weeks: 1 }).add({ days: 2 });
  const at = (day: Temporal.PlainDate, clock: string) =>
    day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(clock) });
  const excepted = series.add({ weeks: 1 });
  const moved = series.add({ weeks: 3 });
  const movedTo = moved.add({ days: 1 });
  const single = changeWeek.add({ weeks: 1, days: 1 });
  const holiday = changeWeek.add({ weeks: 1, days: 4 });

  await radicale.putIcs(
    work,
    "weekly.ics",
    calendar([
      "BEGIN:VEVENT",
      "UID:weekly",
      "DTSTAMP:20260101T000000Z",
      `DTSTART;TZID=${timeZone}:${local(at(series, "10:00"))}`,
      `DTEND;TZID=${timeZone}:${local(at(series, "11:00"))}`,
      "RRULE:FREQ=WEEKLY;COUNT=5",
      `EXDATE;TZID=${timeZone}:${local(at(excepted, "10:00"))}`,
      "SUMMARY:Team",
      "END:VEVENT",
      "BEGIN:VEVENT",
      "UID:weekly",
      "DTSTAMP:20260101T000000Z",
      `RECURRENCE-ID;TZID=${timeZone}:${local(at(moved, "10:00"))}`,
      `DTSTART;TZID=${timeZone}:${local(at(movedTo, "14:15"))}`,
      `DTEND;TZID=${timeZone}:${local(at(movedTo, "15:00"))}`,
      "SUMMARY:Team, later",
      "END:VEVENT",
    ]),
  );
  await radicale.putIcs(
    work,
    "single.ics",
    calendar([
      "BEGIN:VEVENT",
      "UID:single",
      "DTSTAMP:20260101T000000Z",
      `DTSTART:${utc(at(single, "13:15"))}`,
      `DTEND:${utc(at(single, "13:30"))}`,
      "SUMMARY:Dentist",
      "END:VEVENT",
    ]),
  );
  await radicale.putIcs(
    work,
    "holiday.ics",
    calendar([
      "BEGIN:VEVENT",
      "UID:holiday",
      "DTSTAMP:20260101T000000Z",
      `DTSTART;VALUE=DATE:${date(holiday)}`,
      `DTEND;VALUE=DATE:${date(holiday.add({ days: 1 }))}`,
      "SUMMARY:Holiday",
      "END:VEVENT",
    ]),
  );
  await signIn(page, product);
  await syncNow(page, product, "Work");

  const busy = [
    ...[0, 2, 4]
      .map((week) => series.add({ weeks: week }))
      .map((day) => ({ start: at(day, "10:00"), end: at(day, "11:00") })),
    { start: at(movedTo, "14:15"), end: at(movedTo, "15:00") },
    { start: at(single, "13:15"), end: at(single, "13:30") },
    { start: at(holiday, "00:00"), end: at(holiday.add({ days: 1 }), "00:00") },
  ];
  const first = series.subtract({ days: 2 });
  const days = Array.from({ length: 42 }, (_, n) => first.add({ days: n }));
  const end = first.add({ days: 42 });
  const got = await freeSlots(
    product,
    eventType,
    at(first, "00:00").toInstant(),
    at(end, "00:00").toInstant(),
  );
  expect(got).toEqual(days.flatMap((day) => expectedSlots(day, timeZone, busy)));
});

test("an event deleted in the calendar gives its time back after the next sync", async ({ page }) => {
  const day = changeWeek.add({ weeks: 1, days: 1 });
  const noon = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from("13:00") });
  const ask = () => freeSlots(product, eventType, noon.toInstant(), noon.add({ hours: 1 }).toInstant());
  expect(await ask()).toHaveLength(1);
  await radicale.deleteIcs(`${work}single.ics`);
  await signIn(page, product);
  await syncNow(page, product, "Work");
  expect(await ask()).toHaveLength(2);
});

test("a visitor in another zone books, the booking confirms by itself and lands in the calendar", async ({
  browser,
}) => {
  const visitor = await browser.newContext({ timezoneId: "America/New_York", locale: "en-US" });
  const page = await visitor.newPage();
  await page.goto(`${product.url}/book/hanna/${eventType}`);
  await expect(page.getByText(/New York/).first()).toBeVisible();
  await chooseFirstTime(page);
  await fillForm(page);
  await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
  await expect(page.getByText(/Berlin/).first()).toBeVisible();

  const download = await page.request.get(`${page.url()}/event.ics`);
  const [uid] = /UID:(.+)/.exec(await download.text())?.slice(1) ?? [];
  const copies = [...(await radicale.listIcs(work)).values()].filter((text) =>
    text.includes(`UID:${uid?.trim()}`),
  );
  expect(copies).toHaveLength(1);
  for (const line of ["DTSTART", "DTEND"]) {
    const [theirs] = new RegExp(`${line}.*`).exec(await download.text()) ?? [];
    expect(copies[0]).toContain(theirs?.trim());
    expect(theirs?.trim()).toMatch(/:\d{8}T\d{6}Z$/);
  }
  expect(copies[0]).not.toMatch(/METHOD|ATTENDEE|ORGANIZER/);
  await visitor.close();
});

test("an event added after the page was loaded makes the confirmation refuse the time", async ({
  browser,
}) => {
  const visitor = await browser.newContext({ timezoneId: "Asia/Kathmandu" });
  const page = await visitor.newPage();
  await page.goto(`${product.url}/book/hanna/${eventType}`);
  const start = await chooseFirstTime(page);
  await radicale.putIcs(
    work,
    "sudden.ics",
    calendar([
      "BEGIN:VEVENT",
      "UID:sudden",
      "DTSTAMP:20260101T000000Z",
      `DTSTART:${start}`,
      "DURATION:PT10M",
      "SUMMARY:Sudden",
      "END:VEVENT",
    ]),
  );
  await fillForm(page);
  await expect(page.getByRole("heading", { name: "This time did not work out" })).toBeVisible();
  await page.getByRole("link", { name: /another time/i }).click();
  await chooseFirstTime(page);
  await expect(page.getByLabel("Name")).toHaveValue("Vera Visitor");
  await visitor.close();
});

/** Opens the first free day's first time. Returns its start as iCalendar writes UTC. */
async function chooseFirstTime(page: Page): Promise<string> {
  await page
    .getByRole("button", { name: / to .* time$/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Your details" })).toBeVisible();
  const slot = new URL(page.url()).searchParams.get("slot") ?? "";
  return slot.replace(/[-:]|\.\d+/g, "");
}

async function fillForm(page: Page): Promise<void> {
  await page.getByLabel("Name").fill("Vera Visitor");
  await page.getByLabel("E-mail").fill("vera@example.test");
  await page.getByRole("button", { name: "Confirm booking" }).click();
}

function nextChange(from: Temporal.ZonedDateTime): Temporal.PlainDate {
  const change = from.getTimeZoneTransition("next");
  if (!change) throw new Error(`${timeZone} has no clock change any more.`);
  return change.toPlainDate();
}

function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

const date = (day: Temporal.PlainDate) => day.toString().replaceAll("-", "");
const local = (time: Temporal.ZonedDateTime) =>
  time.toPlainDateTime().toString({ smallestUnit: "second" }).replace(/[-:]/g, "");
const utc = (time: Temporal.ZonedDateTime) => `${local(time.withTimeZone("UTC"))}Z`;

/** Radicale refuses a TZID it finds no VTIMEZONE for. */
const berlin = [
  "BEGIN:VTIMEZONE",
  `TZID:${timeZone}`,
  ...["BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "DTSTART:19810329T020000"],
  ...["RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT"],
  ...["BEGIN:STANDARD", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "DTSTART:19961027T030000"],
  ...["RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD"],
  "END:VTIMEZONE",
];

function calendar(lines: string[]): string {
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Another App//EN"];
  return [...head, ...berlin, ...lines, "END:VCALENDAR", ""].join("\r\n");
}
