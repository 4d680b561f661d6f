import { expect, type Page, test } from "@playwright/test";
import type postgres from "postgres";
import { icsOf } from "./ics";
import { type Radicale, startRadicale } from "./radicale";
import { account, setUp, signIn } from "./support/host";
import { type Product, startProduct } from "./support/product";
import { connect } from "./support/seed";

let product: Product;
let radicale: Radicale;
let sql: postgres.Sql;
let calendars: { all: string; client: string; matter: string; own: string };
test.beforeAll(async ({ browser }) => {
  [product, radicale] = await Promise.all([startProduct(), startRadicale()]);
  sql = connect(product.databaseUrl);
  const make = (displayName: string) => radicale.makeCalendar(displayName.toLowerCase(), { displayName });
  calendars = {
    all: await make("All"),
    client: await make("Clients"),
    matter: await make("Matters"),
    own: await make("Own"),
  };
  const page = await browser.newPage();
  await setUp(page, product);
  await page.close();
});
test.afterAll(async () => {
  await sql?.end();
  await Promise.all([product?.stop(), radicale?.stop()]);
});

/** Titles of what lies in a calendar, each as often as it does. */
async function titlesIn(calendarUrl: string): Promise<string[]> {
  const bodies = [...(await radicale.listIcs(calendarUrl)).values()];
  return bodies.map((body) => /^SUMMARY:(.*)$/m.exec(body)?.[1]?.trim() ?? "").sort();
}

// SPEC C7: within 30 seconds. What goes between a listing and its reading is looked at again.
const holds = (calendarUrl: string, titles: string[]) =>
  expect(async () => expect(await titlesIn(calendarUrl)).toEqual(titles.toSorted())).toPass({
    timeout: 30_000,
  });

const inDays = (days: number, hours = 0) => new Date(Date.now() + days * 86_400_000 + hours * 3_600_000);

async function addAppointment(page: Page, title: string, projectId: string | null): Promise<void> {
  const time = { kind: "timed", starts_at: inDays(40), ends_at: inDays(40, 1) };
  const data = { title, project_id: projectId, time, time_zone: "Europe/Berlin" };
  const answer = await page.request.post(`${product.url}/api/v1/appointments`, { data });
  expect(answer.status(), await answer.text()).toBe(201);
}

/** A case in a litigation of a client; another client with a litigation. */
async function addProjects() {
  const [host] = await sql`select id from users where email = ${account.email}`;
  const add = async (kind: string, name: string, above: string | null) => {
    const [row] = await sql`
      insert into projects (kind, name, color, parent_id) values (${kind}, ${name}, '#3d7cdb', ${above}) returning id`;
    return row?.id as string;
  };
  const clients = [await add("client", "Acme", null), await add("client", "Crane", null)] as const;
  for (const id of clients)
    await sql`insert into project_members (project_id, user_id, role) values (${id}, ${host?.id}, 'manager')`;
  const suits = [
    await add("litigation", "Acme v. Bolt", clients[0]),
    await add("litigation", "Crane v. Dorn", clients[1]),
  ] as const;
  return { acme: clients[0], craneSuit: suits[1], matter: await add("case", "Appeal", suits[0]) };
}

async function bind(page: Page, calendar: string, scope: RegExp): Promise<void> {
  await page.goto(`${product.url}/bindings/new`);
  await page.getByRole("radio", { name: calendar, exact: true }).check({ force: true });
  await page.getByRole("radio", { name: scope }).check({ force: true });
}

async function start(page: Page, announced: string): Promise<void> {
  await expect(page.getByText(announced)).toBeVisible();
  await page.getByRole("button", { name: "Start copying" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mirroring" })).toBeVisible();
}

const row = (page: Page, name: string) => page.getByRole("listitem", { name });

test("each scope is in its calendar, once, follows every move, and goes when its binding does", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await signIn(page, product);
  const { craneSuit, matter } = await addProjects();
  const foreign = icsOf({ uid: "foreign", title: "Dentist", startsAt: inDays(3), endsAt: inDays(3, 1) });
  for (const url of Object.values(calendars)) await radicale.putIcs(url, "foreign.ics", foreign);
  await addAppointment(page, "Yoga", null);

  await test.step("the first configuration binds all that is visible, and what there is appears", async () => {
    const { url: server_url, user: username, password } = radicale;
    const data = { server_url, username, password, calendar_url: calendars.all };
    const made = await page.request.put(`${product.url}/api/caldav-config`, { data });
    expect(made.status(), await made.text()).toBe(201);
    await holds(calendars.all, ["Dentist", "Yoga"]);
    await page.goto(`${product.url}/bindings`);
    const everything = row(page, "Everything you see in All");
    await expect(everything.getByText("In step")).toBeVisible({ timeout: 30_000 });
    await expect(everything.getByText("1 appointment, all there")).toBeVisible();
  });

  await test.step("a client's and a case's calendar get the hearing, the personal one does not", async () => {
    await bind(page, "Clients", /^A client/);
    await page.getByRole("radio", { name: /^Acme/ }).check({ force: true });
    await start(page, "0 appointments would be copied now.");
    await bind(page, "Matters", /^A case/);
    await start(page, "0 appointments would be copied now.");
    await bind(page, "Own", /^Personal appointments/);
    await start(page, "1 appointment would be copied now.");
    await addAppointment(page, "Hearing", matter);
    await holds(calendars.client, ["Dentist", "Hearing"]);
    await holds(calendars.matter, ["Dentist", "Hearing"]);
    await holds(calendars.all, ["Dentist", "Hearing", "Yoga"]);
    await holds(calendars.own, ["Dentist", "Yoga"]);
    await page.goto(`${product.url}/projects`);
    await expect(page.getByText(/in calendars just now/).first()).toBeVisible({ timeout: 30_000 });
  });

  await test.step("a case that goes to another client takes its hearing along", async () => {
    await sql`update projects set parent_id = ${craneSuit} where id = ${matter}`;
    await holds(calendars.client, ["Dentist"]);
    expect(await titlesIn(calendars.matter)).toEqual(["Dentist", "Hearing"]);
    expect(await titlesIn(calendars.all)).toEqual(["Dentist", "Hearing", "Yoga"]);
  });

  await test.step("a binding that is switched off is cleared, and filled again", async () => {
    await page.goto(`${product.url}/bindings`);
    const active = row(page, "Personal appointments in Own").getByRole("switch");
    await active.click();
    await expect(page.getByText("Its copies are taken out of Own.")).toBeVisible();
    await holds(calendars.own, ["Dentist"]);
    await active.click();
    await holds(calendars.own, ["Dentist", "Yoga"]);
  });

  await test.step("a binding deleted while the server is away is gone at once, and its copies later", async () => {
    await radicale.turnOff();
    await page.goto(`${product.url}/bindings`);
    await page.getByRole("button", { name: "Delete: Appeal in Matters" }).click();
    await page.getByRole("button", { name: "Delete binding" }).click();
    await expect(row(page, "Appeal in Matters")).toHaveCount(0);
    await radicale.turnOn();
    // The schedule comes every five minutes, and later each time after failures; here it comes now.
    await sql`
      update appointment_targets set push_due_at = 'epoch'
      where calendar_id = (select id from calendars where name = 'Matters') and push_due_at is not null`;
    await sql`
      select inngest_send_event('calendar/push.requested', json_build_object('calendarId', id)::text)
      from calendars where name = 'Matters'`;
    await holds(calendars.matter, ["Dentist"]);
    expect(await titlesIn(calendars.all)).toEqual(["Dentist", "Hearing", "Yoga"]);
  });

  await test.step("disconnecting leaves the calendars as they are", async () => {
    expect((await page.request.delete(`${product.url}/api/caldav-config`)).status()).toBe(204);
    await page.goto(`${product.url}/bindings`);
    await expect(page.getByText("First, a calendar to copy into")).toBeVisible();
    expect(await titlesIn(calendars.all)).toEqual(["Dentist", "Hearing", "Yoga"]);
  });
});
