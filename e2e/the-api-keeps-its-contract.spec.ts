import { randomUUID } from "node:crypto";
import { type Cookie, expect, test } from "@playwright/test";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { feedOf } from "./feed-text";
import { type HostileFeeds, startHostileFeeds } from "./hostile-feed";
import { busy } from "./hostile-feed-accidents";
import { setUp } from "./support/host";
import { postBooking } from "./support/post";
import { type Product, startProduct } from "./support/product";
import { connect, seedHost } from "./support/seed";

type Method = "get" | "post" | "patch" | "delete";
type Operation = {
  responses: Record<string, { content?: { "application/json": { schema: object } } }>;
};
type Document = { paths: Record<string, Record<string, Operation>> };

let product: Product;
let document: Document;
let host: Awaited<ReturnType<typeof seedHost>>;
let sql: ReturnType<typeof connect>;
/** The cookies of Hanna, who made the installation. */
let session = "";
let cookies: Cookie[] = [];
const seen = new Set<string>();
const ajv = addFormats.default(new Ajv2020({ allErrors: true }));

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  const page = await browser.newPage();
  await setUp(page, product);
  cookies = await page.context().cookies();
  session = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  await page.close();
  sql = connect(product.databaseUrl);
  host = await seedHost(sql);
  document = await (await fetch(`${product.url}/api/v1/openapi.json`)).json();
});
test.afterAll(async () => {
  await sql?.end();
  await product?.stop();
});

/** Holds an answer against what the document says of it. */
function check(method: Method, path: string, status: number, body: unknown): void {
  const response = document.paths[path]?.[method]?.responses[status];
  expect(
    response,
    `${method} ${path} answers ${status}, which is not documented: ${JSON.stringify(body)}`,
  ).toBeDefined();
  const validate = ajv.compile(response?.content?.["application/json"].schema ?? { type: "null" });
  expect(validate(body), `${method} ${path} ${status}: ${ajv.errorsText(validate.errors)}`).toBe(true);
  seen.add(`${method} ${path} ${status}`);
}

type Call = { at?: string; json?: unknown; cookie?: string };

async function call(method: Method, path: string, { at = path, json, cookie = "" }: Call = {}) {
  const answer = await fetch(`${product.url}/api/v1${at}`, {
    method: method.toUpperCase(),
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    headers: { "content-type": "application/json", "x-forwarded-for": "192.0.2.10", cookie },
  });
  const body = answer.status === 204 ? null : await answer.json();
  check(method, path, answer.status, body);
  return { status: answer.status, body };
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const slotsOf = (values: Record<string, string>) =>
  `/slots?${new URLSearchParams({ host: host.handle, event_type: "short", from: inDays(2), to: inDays(4), ...values })}`;
const booking = (values: object) => ({
  ...{
    host: host.handle,
    eventType: "short",
    name: "Vera",
    email: "vera@example.test",
    timeZone: "Asia/Tokyo",
  },
  ...{ idempotencyKey: randomUUID(), ...values },
});
async function book(values: object) {
  const answer = await postBooking(product, booking(values));
  check("post", "/bookings", answer.status, answer.body);
  return answer;
}

test("every answer is as documented, refusals too", async () => {
  const { body } = await call("get", "/slots", { at: slotsOf({}) });
  const [first, second, third] = body.slots;
  expect((await call("get", "/slots", { at: slotsOf({ to: inDays(1) }) })).body.error.field).toBe("to");
  expect((await call("get", "/slots", { at: slotsOf({ host: "nobody" }) })).status).toBe(404);

  const { body: held } = await book({ start: first.start });
  const { token } = (held as { booking: { token: string } }).booking;
  expect((await book({ start: "soon" })).status).toBe(400);
  expect((await book({ start: first.start, host: "nobody" })).status).toBe(404);
  expect((await book({ start: first.start })).status).toBe(409);
  const taken = (await book({ start: third.start })).body as { booking: { token: string } };

  const own = { at: `/bookings/${token}` };
  await expect
    .poll(async () => (await call("get", "/bookings/{token}", own)).body.booking.status)
    .toBe("confirmed");
  expect((await call("get", "/bookings/{token}", { at: "/bookings/x" })).status).toBe(404);

  const move = (start: string, at = `/bookings/${token}/move`) =>
    call("post", "/bookings/{token}/move", { at, json: { start } });
  expect((await move("later")).body.error.field).toBe("start");
  expect((await move(second.start, "/bookings/x/move")).status).toBe(404);
  expect((await move(third.start)).status).toBe(409);
  expect((await move(second.start)).status).toBe(200);

  const cancel = (reason: string, at = `/bookings/${token}/cancel`) =>
    call("post", "/bookings/{token}/cancel", { at, json: { reason } });
  expect((await cancel("x".repeat(2000))).body.error.field).toBe("reason");
  expect((await cancel("", "/bookings/x/cancel")).status).toBe(404);
  expect((await cancel("Plans changed")).body.booking.status).toBe("cancelled");
  await sql`update bookings set status = 'declined', decline_reason = 'host' where starts_at = ${third.start}`;
  expect((await cancel("", `/bookings/${taken.booking.token}/cancel`)).status).toBe(409);
  await call("get", "/openapi.json");
});

test("appointments, too, for who is signed in and for who is not", async () => {
  const [me] = await sql`select id from users where handle = 'hanna'`;
  const projectOf = async (role: string, archivedAt: Date | null) => {
    const [project] = await sql`
      insert into projects (kind, name, color, archived_at) values ('project', 'Project', '#0e8a8c', ${archivedAt}) returning id`;
    await sql`insert into project_members (project_id, user_id, role) values (${project?.id}, ${me?.id}, ${role})`;
    return project?.id as string;
  };
  const read = await projectOf("viewer", null);
  const archived = await projectOf("manager", new Date());

  const one = "/appointments/{id}";
  const post = (json: object, as = session) => call("post", "/appointments", { json, cookie: as });
  const time = { kind: "timed", starts_at: inDays(2), ends_at: inDays(3) };
  const wish = {
    title: "Hearing",
    time,
    time_zone: "Europe/Berlin",
    recurrence: { rule: "FREQ=WEEKLY;COUNT=3" },
  };
  const { body } = await post(wish);
  const { id } = body.appointment;
  expect((await post({ ...wish, title: "" })).body.error.field).toBe("title");
  expect((await post(wish, "")).status).toBe(401);
  expect((await post({ ...wish, project_id: read })).status).toBe(403);
  expect((await post({ ...wish, project_id: randomUUID() })).status).toBe(404);
  expect((await post({ ...wish, project_id: archived })).status).toBe(409);

  const list = (query: string, as = session) =>
    call("get", "/appointments", { at: `/appointments?${query}`, cookie: as });
  const soon = `from=${inDays(0)}&to=${inDays(30)}`;
  const { occurrences } = (await list(soon)).body;
  expect(occurrences).toHaveLength(3);
  expect((await list(`from=${inDays(0)}`)).body.error.field).toBe("to");
  expect((await list(soon, "")).status).toBe(401);

  const [, second] = occurrences as { occurrence_key: string }[];
  const key = second?.occurrence_key ?? "";
  const change = (json: object, at = `/appointments/${id}`, as = session) =>
    call("patch", one, { at, json, cookie: as });
  const off = { revision: 1, title: "Moved", occurrence: { key, range: "this" } };
  expect((await change(off)).body.appointment.recurrence.exceptions).toHaveLength(1);
  expect((await change({ title: "X" })).body.error.field).toBe("revision");
  expect((await change(off)).body).toMatchObject({ yours: { title: "Moved" }, current: { revision: 2 } });
  expect((await change(off, `/appointments/${id}`, "")).status).toBe(401);
  expect((await change(off, "/appointments/x")).status).toBe(404);
  const [seenOnly] = await sql`
    insert into appointments (owner_id, project_id, uid, title, starts_at, ends_at, time_zone)
    values (${host.id}, ${read}, 'theirs@calends', 'Theirs', now(), now() + interval '1 hour', 'UTC') returning id`;
  expect((await change(off, `/appointments/${seenOnly?.id}`)).status).toBe(403);

  const get = (query = "", at = `/appointments/${id}`, as = session) =>
    call("get", one, { at: `${at}${query}`, cookie: as });
  expect((await get(`?occurrence=${key}`)).body.appointment.title).toBe("Moved");
  expect((await get(`?occurrence=${"x".repeat(31)}`)).status).toBe(400);
  expect((await get("", "/appointments/x")).status).toBe(404);
  expect((await get("", "/appointments/x", "")).status).toBe(401);

  const remove = (query: string, at = `/appointments/${id}`, as = session) =>
    call("delete", one, { at: `${at}${query}`, cookie: as });
  expect((await remove("")).body.error.field).toBe("revision");
  expect((await remove("?revision=1")).body.current.revision).toBe(2);
  expect((await remove("?revision=1", "/appointments/x")).status).toBe(404);
  expect((await remove("?revision=1", "/appointments/x", "")).status).toBe(401);
  expect((await remove("?revision=1", `/appointments/${seenOnly?.id}`)).status).toBe(403);
  expect((await remove("?revision=2")).status).toBe(204);
});

test("and subscriptions", async () => {
  const feeds = await startHostileFeeds();
  try {
    await subscribe(feeds);
  } finally {
    await feeds.stop();
  }
});

async function subscribe(feeds: HostileFeeds): Promise<void> {
  const many = "/calendar-subscriptions";
  const one = `${many}/{id}`;
  const start = inDays(5).slice(0, 10).replaceAll("-", "");
  const [good, other] = [feeds.add(feedOf([{ uid: "fair", start }])), feeds.add()];
  const slow = feeds.add();
  slow.behave(busy(429, 60));
  const away = feeds.add();
  away.behave(busy(503, 60));
  const nowhere = `${feeds.url}nowhere`;
  const statusesOf = async (ask: (url: string, as?: string) => Promise<{ status: number }>) => [
    ...[(await ask("ftp://x")).status, (await ask(good.url, "")).status, (await ask(good.url)).status],
    ...[(await ask(slow.url)).status, (await ask(away.url)).status],
    (await ask(nowhere)).status,
  ];

  const post = (json: object, as = session) => call("post", many, { json, cookie: as });
  const look = (url: string, as = session) => call("post", `${many}/preview`, { json: { url }, cookie: as });
  expect((await look(good.url)).body.next_events).toMatchObject([{ title: "fair" }]);
  const { body } = await post({ url: good.url, name: "Fairs" });
  const { id } = body;
  expect(await statusesOf((url, as) => post({ url }, as))).toEqual([400, 401, 409, 429, 503, 400]);
  expect(await statusesOf(look)).toEqual([400, 401, 409, 429, 503, 400]);

  const list = (query = "", as = session) => call("get", many, { at: `${many}${query}`, cookie: as });
  expect((await list()).body).toMatchObject({ subscriptions: [{ id }], next_cursor: null });
  expect((await list("?limit=x")).body.error.field).toBe("limit");
  expect((await list("", "")).status).toBe(401);

  const at = (id: string) => `${many}/${id}`;
  const get = (as = session, of = id) => call("get", one, { at: at(of), cookie: as });
  await expect.poll(async () => (await get()).body.status, { timeout: 20_000 }).toBe("synced");
  expect([(await get("")).status, (await get(session, "x")).status]).toEqual([401, 404]);

  const span = `?from=${inDays(0)}&to=${inDays(30)}`;
  const events = (query = span, as = session) =>
    call("get", `${many}/events`, { at: `${many}/events${query}`, cookie: as });
  const [event] = (await events()).body.events;
  expect(event).toMatchObject({ subscription_id: id, title: "fair", busy: true });
  expect([(await events("")).status, (await events(span, "")).status]).toEqual([400, 401]);

  const decide = (json: object, as = session, of = event.event_id) =>
    call("patch", `${one}/events/{event_id}`, { at: `${at(id)}/events/${of}`, json, cookie: as });
  expect((await decide({ hidden: true })).body).toMatchObject({ title: "fair", hidden: true });
  expect((await decide({ busy: "no" })).body.error.field).toBe("busy");
  expect([(await decide({}, "")).status, (await decide({}, session, "x")).status]).toEqual([401, 404]);
  expect((await events()).body.events).toEqual([]);
  const decided = (as = session, of = id) =>
    call("get", `${one}/local-changes`, { at: `${at(of)}/local-changes`, cookie: as });
  expect((await decided()).body.local_changes).toHaveLength(1);
  expect([(await decided("")).status, (await decided(session, "x")).status]).toEqual([401, 404]);

  const change = (json: object, as = session, of = id) =>
    call("patch", one, { at: at(of), json, cookie: as });
  expect((await change({ refresh_interval: "15m" })).body.refresh_interval).toBe("15m");
  await post({ url: other.url });
  const wrong = [{ url: "ftp://x" }, { url: other.url }, { url: slow.url }, { url: away.url }];
  const refused = [];
  for (const json of wrong) refused.push((await change(json)).status);
  expect(refused).toEqual([400, 409, 429, 503]);
  expect([(await change({}, "")).status, (await change({}, session, "x")).status]).toEqual([401, 404]);

  const refresh = (as = session, of = id) =>
    call("post", `${one}/refresh`, { at: `${at(of)}/refresh`, cookie: as });
  expect([(await refresh("")).status, (await refresh(session, "x")).status]).toEqual([401, 404]);
  let { status } = await refresh();
  for (let n = 0; n < 40 && status === 202; n += 1) ({ status } = await refresh());
  expect(status).toBe(429);

  const remove = (as = session) => call("delete", one, { at: at(id), cookie: as });
  expect([(await remove("")).status, (await remove()).status, (await remove()).status]).toEqual([
    401, 204, 404,
  ]);
}

test("a program signs in with a token from Settings, until that is revoked", async ({ page }) => {
  await page.context().addCookies(cookies);
  await page.goto(`${product.url}/settings`);
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("Name", { exact: true }).last().fill("Script");
  await page.getByRole("button", { name: "Create token" }).click();
  const token = await page.getByLabel("Token", { exact: true }).inputValue();
  const list = () =>
    fetch(`${product.url}/api/v1/appointments?from=${inDays(0)}&to=${inDays(30)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  expect((await list()).status).toBe(200);
  await page.getByRole("button", { name: "Done" }).click();
  await page.reload();
  await expect(page.getByText(/last used/)).toBeVisible();
  await expect(page.getByText(token)).toHaveCount(0);
  await page.getByRole("button", { name: "Revoke: Script" }).click();
  await page.getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText("No program has a token of yours.")).toBeVisible();
  const refused = await list();
  expect(refused.status).toBe(401);
  expect(refused.headers.get("www-authenticate")).toContain("Bearer");
});

test("who asks too often is told when to come back", async () => {
  const limits = [
    { method: "get", path: "/bookings/{token}", at: "/bookings/x", most: 700 },
    { method: "get", path: "/slots", at: "/slots", most: 700 },
    { method: "post", path: "/bookings", at: "/bookings", most: 60 },
    { method: "post", path: "/bookings/{token}/cancel", at: "/bookings/x/cancel", most: 80 },
    { method: "post", path: "/bookings/{token}/move", at: "/bookings/x/move", most: 80 },
  ] as const;
  for (const { method, path, at, most } of limits) {
    let answer = await ask(method, at);
    for (let n = 0; n < most && answer.status !== 429; n++) answer = await ask(method, at);
    check(method, path, answer.status, await answer.json());
    expect(answer.status, `${method} ${path}`).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  }
});

const ask = (method: string, at: string) =>
  fetch(`${product.url}/api/v1${at}`, {
    method: method.toUpperCase(),
    headers: { "content-type": "application/json", "x-forwarded-for": "192.0.2.66" },
    ...(method === "post" && { body: "{}" }),
  });

test("nothing is documented that was not seen", () => {
  // Bindings and the CalDAV account are held to their schemas where their routes are tested.
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== "servers" && !path.startsWith("/caldav-"))
      .flatMap(([method, { responses }]) =>
        Object.keys(responses).map((status) => `${method} ${path} ${status}`),
      ),
  );
  expect(documented.filter((answer) => !seen.has(answer))).toEqual([]);
});
