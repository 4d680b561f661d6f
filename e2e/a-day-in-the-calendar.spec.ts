import { expect, type Page, test } from "@playwright/test";
import type postgres from "postgres";
import { bookFirstSlot } from "./support/book";
import { checkPage } from "./support/check-page";
import { setUp, signIn } from "./support/host";
import { looks } from "./support/looks";
import { type Product, startProduct } from "./support/product";
import { addProjects, connect, findHost } from "./support/seed";

let product: Product;
let sql: postgres.Sql;
let hostId: string;
test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  sql = connect(product.databaseUrl);
  const page = await browser.newPage();
  await setUp(page, product);
  const host = await findHost(sql, "hanna");
  hostId = host.id;
  await addProjects(sql, host);
  await page.close();
});
test.afterAll(async () => {
  await sql?.end();
  await product?.stop();
});

// Weeks of their own, from a Monday on, so that no test sees another's appointments.
const open = (page: Page, view: string, day: string) =>
  page.goto(`${product.url}/calendar?view=${view}&date=${day}`);
const item = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });
const saved = (page: Page) => expect(page.getByText("Appointment saved")).toBeVisible();

async function add(page: Page, title: string, fill: () => Promise<void> = async () => {}) {
  await page.getByRole("button", { name: /^New/ }).click();
  await page.getByLabel("Title").fill(title);
  await fill();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Appointment added")).toBeVisible();
}

/** As `YYYY-MM-DD HH:MM` in Berlin. */
async function startsOf(title: string): Promise<string[]> {
  const rows = await sql`
    select to_char(starts_at at time zone 'Europe/Berlin', 'YYYY-MM-DD HH24:MI') as start from appointments
    where owner_id = ${hostId} and title = ${title} order by starts_at`;
  return rows.map(({ start }) => start);
}

/** From the middle of one place to another, as a hand moves. */
async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 8 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

async function middleOf(page: Page, selector: string) {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not there.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("what is dragged is moved at once, and back again", async ({ page }) => {
  await signIn(page, product);
  await open(page, "week", "2027-03-02");
  await add(page, "Inspection");
  await expect(item(page, /^Inspection, Tuesday 2 March 2027, 09:00–10:00/)).toBeVisible();

  const box = await item(page, /^Inspection/).boundingBox();
  if (!box) throw new Error("Nothing to drag.");
  const from = { x: box.x + box.width / 2, y: box.y + 12 };
  const thursday = await middleOf(page, '[role=columnheader][data-date="2027-03-04"]');
  await drag(page, from, { x: thursday.x, y: from.y });
  await expect(item(page, /^Inspection, Thursday 4 March 2027, 09:00–10:00/)).toBeVisible();
  await expect(page.getByText("Moved to Thursday 4 March 2027")).toBeVisible();
  expect(await startsOf("Inspection")).toEqual(["2027-03-04 09:00"]);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Put back")).toBeVisible();
  await expect(item(page, /^Inspection, Tuesday 2 March/)).toBeVisible();
  expect(await startsOf("Inspection")).toEqual(["2027-03-02 09:00"]);
});

test("a range that is dragged over becomes an appointment on a case", async ({ page }) => {
  await signIn(page, product);
  await open(page, "week", "2027-03-10");
  const column = await middleOf(page, '[role=columnheader][data-date="2027-03-10"]');
  const nine = await page.getByText("09:00", { exact: true }).boundingBox();
  const eleven = await page.getByText("11:00", { exact: true }).boundingBox();
  if (!nine || !eleven) throw new Error("There are no hours.");
  const at = (box: { y: number; height: number }) => box.y + box.height / 2 + 6;
  await drag(page, { x: column.x, y: at(nine) }, { x: column.x, y: at(eleven) - 12 });
  await page.getByLabel("Title").fill("Oral hearing");
  await expect(page.getByLabel("Start time")).toHaveValue("09:00");
  await expect(page.getByLabel("End time")).toHaveValue("11:00");
  await page.getByRole("combobox", { name: "Project" }).click();
  await page.getByLabel("Search projects").fill("appeal");
  await page.getByRole("option", { name: /^Appeal/ }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(item(page, /^Oral hearing, .*, Appeal, Higher Regional Court/)).toBeVisible();

  await page.getByRole("button", { name: /^Appeal, Higher/, pressed: true }).click();
  await expect(item(page, /^Oral hearing/)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Appeal, Higher/, pressed: false })).toBeVisible();
  await expect(item(page, /^Oral hearing/)).toHaveCount(0);
});

test("of what repeats one is changed, then all that follow, then none is left", async ({ page }) => {
  await signIn(page, product);
  await open(page, "month", "2027-04-05");
  await page.getByRole("button", { name: /^New/ }).click();
  await page.getByLabel("Title").fill("Review");
  await page.getByLabel("Repeats").selectOption("Weekly");
  await page.getByLabel("Ends", { exact: true }).last().selectOption("After …");
  await page.getByLabel("How many times").fill("4");
  await expect(page.getByText("Every week on Monday, 4 times.")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(item(page, /^Review/)).toHaveCount(4);

  await item(page, /^Review, Monday 12 April/).click();
  await page.getByLabel("Title").fill("Review with the client");
  await page.getByRole("button", { name: "Save" }).click();
  await dialog(page, "Change which ones?").getByRole("button", { name: "Change" }).click();
  await saved(page);
  await expect(item(page, /^Review with the client/)).toHaveCount(1);
  await expect(item(page, /^Review, /)).toHaveCount(3);

  await item(page, /^Review, Monday 19 April/).click();
  await page.getByLabel("Start time").fill("14:00");
  await page.getByRole("button", { name: "Save" }).click();
  await dialog(page, "Change which ones?").getByLabel("This and those after").check();
  await dialog(page, "Change which ones?").getByRole("button", { name: "Change" }).click();
  await expect(item(page, /^Review, .* 14:00–15:00/)).toHaveCount(2);
  await expect(item(page, /^Review, Monday 5 April 2027, 09:00–10:00/)).toHaveCount(1);

  await item(page, /^Review, Monday 19 April/).click();
  await page.getByRole("button", { name: "Delete" }).click();
  const which = dialog(page, "Delete which ones?");
  await which.getByLabel("All of them").check();
  await which.getByRole("button", { name: "Delete" }).click();
  await expect(item(page, /^Review, .* 14:00/)).toHaveCount(0);
  await expect(item(page, /^Review/)).toHaveCount(2);
});

test("two change the same one: both versions are there to choose from", async ({ page }) => {
  await signIn(page, product);
  await open(page, "week", "2027-05-04");
  await add(page, "Call");
  await item(page, /^Call/).click();
  await page.getByLabel("Title").fill("Call with Ms Meier");
  await page.getByLabel("Description").fill("She rings at nine.");
  await sql`
    update appointments set title = 'Conference call', location = 'Room 4'
    where owner_id = ${hostId} and title = 'Call'`;
  await page.getByRole("button", { name: "Save" }).click();
  const choice = dialog(page, "Somebody else changed it meanwhile");
  await expect(choice.getByRole("group", { name: "Title" })).toHaveText(
    /Yours\s*Call with Ms Meier\s*Theirs\s*Conference call/,
  );
  await expect(choice.getByRole("group", { name: "Location" }).getByLabel(/^Theirs/)).toBeChecked();

  await choice.getByRole("button", { name: "Back" }).click();
  await expect(page.getByLabel("Description")).toHaveValue("She rings at nine.");
  await page.getByRole("button", { name: "Save" }).click();
  await choice.getByRole("button", { name: "Save this" }).click();
  await saved(page);
  const [row] = await sql`
    select title, location, description from appointments where title like '%Meier' and owner_id = ${hostId}`;
  expect(row).toEqual({ title: "Call with Ms Meier", location: "Room 4", description: "She rings at nine." });
});

test("a form that is refused says where, and is not thrown away by a slip", async ({ page }) => {
  await signIn(page, product);
  await open(page, "day", "2027-05-11");
  await page.getByRole("button", { name: /^New/ }).click();
  await page.getByLabel("End time").fill("08:00");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Title")).toBeFocused();
  await expect(page.getByLabel("Title")).toHaveAccessibleDescription("Give it a title.");
  await expect(page.getByLabel("End time")).toHaveAccessibleDescription("The end must come after the start.");
  await page.getByLabel("Title").fill("Filing");
  await page.keyboard.press("Escape");
  await dialog(page, "Close without saving?").getByRole("button", { name: "Keep editing" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("Filing");
});

test("keys lead through the calendar, unless somebody does without them", async ({ page }) => {
  await signIn(page, product);
  await open(page, "week", "2027-06-08");
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText(/7 – 13 June 2027/);
  await expect(page.getByRole("table")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(heading).toHaveText(/14 – 20 June 2027/);
  await page.keyboard.press("m");
  await expect(heading).toHaveText(/June 2027/);
  await page.keyboard.press("d");
  await expect(heading).toHaveText(/Tue 15 June 2027/);
  await page.goBack();
  await expect(heading).toHaveText(/Calendar, June 2027/);
  await page.keyboard.press("n");
  await expect(dialog(page, "New appointment")).toBeVisible();
  // What is typed into a form is text.
  await page.keyboard.type("wed");
  await expect(page.getByLabel("Title")).toHaveValue("wed");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(dialog(page, "New appointment")).toHaveCount(0);

  const wanted = page.getByRole("switch", { name: /Use these keys/ });
  // A dialog that fades still has the keys.
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(wanted).toBeVisible({ timeout: 1000 });
  }).toPass();
  await wanted.uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("w");
  await page.reload();
  await page.keyboard.press("w");
  await expect(heading).toHaveText(/Calendar, June 2027/);
});

test("what somebody adds elsewhere appears by itself", async ({ page }) => {
  await signIn(page, product);
  await open(page, "list", "2027-07-05");
  await expect(page.getByText("Nothing in these four weeks")).toBeVisible();
  await sql`
    insert into appointments (owner_id, uid, title, starts_at, ends_at, time_zone)
    values (${hostId}, 'from-elsewhere', 'From elsewhere', '2027-07-06T08:00:00Z', '2027-07-06T09:00:00Z', 'Europe/Berlin')`;
  await expect(item(page, /^From elsewhere/)).toBeVisible();
});

test("a booking is there, too, and leads to where it is changed", async ({ page }) => {
  await bookFirstSlot(product);
  await signIn(page, product);
  await page.goto(`${product.url}/calendar?view=list`);
  const booking = page.getByRole("main").getByRole("link", { name: /Booking/ });
  await booking.first().click();
  await expect(page).toHaveURL(/\/bookings$/);
});

for (const { colorScheme, where } of looks) {
  test(`every view and question, ${colorScheme} ${where}`, async ({ page, isMobile }) => {
    await page.emulateMedia({ colorScheme });
    await signIn(page, product);
    const look = (name: string) => checkPage(page, `calendar-${name}-${colorScheme}`);
    const uid = `look-${colorScheme}-${isMobile}`;
    const days = isMobile ? ["2027-09-07", "2027-09-08"] : ["2027-08-10", "2027-08-11"];
    const [first = "", second = ""] = days;
    await sql`
      insert into appointments (owner_id, uid, title, location, starts_at, ends_at, time_zone, project_id, recurrence)
      select ${hostId}, ${uid} || n, title, location, start, start + length, 'Europe/Berlin', project, recurrence
      from (values
        (1, 'Hearing', 'Düsseldorf', ${first}::date + time '08:00' at time zone 'UTC', interval '2 hours',
          (select id from projects where kind = 'case' limit 1), null::jsonb),
        (2, 'A call that has a very long title, since people write what it is about', null,
          ${first}::date + time '09:00' at time zone 'UTC', interval '45 minutes',
          (select id from projects where kind = 'client' limit 1), null),
        (3, 'Team', 'Room 4', ${second}::date + time '07:00' at time zone 'UTC', interval '30 minutes', null,
          jsonb_build_object('rule', 'FREQ=DAILY;COUNT=3', 'exceptions', '[]'::jsonb))
      ) as given (n, title, location, start, length, project, recurrence)`;
    for (const view of isMobile ? ["month", "day", "list"] : ["month", "week", "day", "list"]) {
      await open(page, view, first);
      await expect(item(page, /^Hearing/).first()).toBeVisible();
      await look(view);
    }
    await item(page, /^Hearing/)
      .first()
      .click();
    await expect(page.getByLabel("Title")).toHaveValue("Hearing");
    await look("form");
    await page.keyboard.press("Escape");

    await open(page, "list", "2028-02-01");
    await expect(page.getByText("Nothing in these four weeks")).toBeVisible();
    await look("empty");
    await page.route("**/api/v1/appointments?*", (route) => route.abort());
    await open(page, "day", first);
    await expect(page.getByText("The calendar could not be read")).toBeVisible();
    await look("error");
    await page.unroute("**/api/v1/appointments?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(item(page, /^Hearing/).first()).toBeVisible();
  });
}
