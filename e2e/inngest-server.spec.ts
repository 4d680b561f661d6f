import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { type StandIn, startStandIn } from "./inngest-stand-in";
import { type Radicale, startRadicale } from "./radicale";
import { connect, setUp } from "./support/host";
import { postJson } from "./support/post";
import { type Product, startProduct } from "./support/product";

let server: StandIn;
let product: Product;
let radicale: Radicale;
let work: string;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  server = await startStandIn();
  [product, radicale] = await Promise.all([startProduct({ env: server.settings }), startRadicale()]);
  work = await radicale.makeCalendar("work", { displayName: "Work" });
  await radicale.makeCalendar("home", { displayName: "Home" });
  const page = await browser.newPage();
  await setUp(page, product);
  await connect(page, product, radicale, { blocking: ["Work", "Home"], receiving: "Work" });
  await page.close();
});
test.afterAll(async () => {
  await Promise.all([product?.stop(), radicale?.stop()]);
  await server?.stop();
});

test("the product tells the server where its functions are", async () => {
  const { url, functions } = server.registered() ?? {};
  expect(url).toBe(`${product.url}/api/inngest`);
  expect(functions?.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      "calends-confirm-booking",
      "calends-confirm-booking-failure",
      "calends-poll-calendars",
    ]),
  );
  // Whatever host a caller pretends to have asked for.
  await fetch(`${product.url}/api/inngest`, {
    method: "PUT",
    headers: { "x-forwarded-host": "elsewhere.test" },
  });
  expect(server.registered()?.url).toBe(`${product.url}/api/inngest`);
});

test("a booking is confirmed and written into the calendar by the server's calls", async () => {
  const token = await book();
  await expect.poll(() => statusOf(token)).toBe("confirmed");
  await expect.poll(async () => (await radicale.listIcs(work)).size).toBe(1);
  const confirmed = await endedRun("calends-confirm-booking");
  expect(confirmed?.steps).toHaveLength(4);
  expect(confirmed?.steps.at(0)).toBe("list-conflict-calendars");
  expect(confirmed?.steps.at(-1)).toBe("decide");
  expect((await endedRun("calends-deliver-booking"))?.steps).toEqual(["push"]);
});

test("a call that the server did not sign, or long ago, is refused and runs nothing", async () => {
  const token = await whileSilent("before", book);
  const event = server.arrived.find(({ name, id }) => name === "booking/requested" && !isTaken(id));
  const body = { version: -1, event, events: [event], steps: {}, ctx: { run_id: "forged", attempt: 0 } };
  const call = async (signature?: string) => {
    const answer = await fetch(`${product.url}/api/inngest?fnId=calends-confirm-booking&stepId=step`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(signature && { "x-inngest-signature": signature }) },
      body: JSON.stringify(body),
    });
    return answer.status;
  };
  expect(await call()).toBe(401);
  expect(await call("t=1&s=00")).toBe(401);
  expect(await call(server.sign(body, { key: randomBytes(32).toString("hex") }))).toBe(401);
  expect(await call(server.sign(body, { at: Date.now() - 600_000 }))).toBe(401);
  expect(await call(server.sign({ ...body, version: 1 }))).toBe(401);
  expect(await call(server.sign(body))).toBe(206);
  await expect.poll(() => statusOf(token), { timeout: 30_000 }).toBe("confirmed");
});

test("a kill between commit and send, or between send and its mark: the event is sent again, the function runs once", async () => {
  test.setTimeout(120_000);
  for (const moment of ["before", "after"] as const) {
    const runs = server.runs.length;
    const token = await whileSilent(moment, async () => {
      const booked = await book();
      await product.kill9();
      return booked;
    });
    await product.restart();
    await expect.poll(() => statusOf(token), { timeout: 60_000 }).toBe("confirmed");
    await expect.poll(() => server.runs.filter(({ status }) => status === "completed").length).toBe(runs + 2);
    const { event } = server.runs[runs] ?? {};
    expect(server.arrived.filter(({ id }) => id === event?.id).length).toBeGreaterThan(1);
  }
});

test("without a server there is nothing at its address", async () => {
  const embedded = await startProduct();
  for (const method of ["GET", "PUT", "POST"]) {
    const answer = await fetch(`${embedded.url}/api/inngest?fnId=calends-confirm-booking&stepId=step`, {
      method,
      ...(method === "POST" && { body: "{}" }),
    });
    expect(answer.status).toBe(404);
  }
  await embedded.stop();
});

/** Books while the server does not answer, and comes back once the event has arrived there. */
async function whileSilent<T>(when: "before" | "after", work: () => Promise<T>): Promise<T> {
  server.fallSilent(when);
  const result = await work();
  server.fallSilent(undefined);
  return result;
}

/** Books the first free slot over the API; comes back when its event has reached the server. */
async function book(): Promise<string> {
  const arrived = server.arrived.length;
  const from = new Date(Date.now() + 86_400_000).toISOString();
  const to = new Date(Date.now() + 20 * 86_400_000).toISOString();
  const query = new URLSearchParams({ host: "hanna", event_type: "30-minutes", from, to });
  const { slots } = await (await fetch(`${product.url}/api/v1/slots?${query}`)).json();
  const answer = await postJson(`${product.url}/api/v1/bookings`, {
    host: "hanna",
    eventType: "30-minutes",
    start: slots[0].start,
    name: "Vera Visitor",
    email: "vera@example.test",
    timeZone: "Europe/Paris",
    idempotencyKey: randomUUID(),
  });
  expect(answer.status).toBe(201);
  await expect.poll(() => server.arrived.length).toBeGreaterThan(arrived);
  return (answer.body as { booking: { token: string } }).booking.token;
}

async function statusOf(token: string): Promise<string> {
  const answer = await fetch(`${product.url}/api/v1/bookings/${token}`);
  return (await answer.json()).booking.status;
}

async function endedRun(functionId: string): Promise<StandIn["runs"][number] | undefined> {
  const ended = () => server.runs.find((run) => run.functionId === functionId && run.status === "completed");
  await expect.poll(ended).toBeTruthy();
  return ended();
}

const isTaken = (id: string) => server.runs.some(({ event }) => event.id === id);
