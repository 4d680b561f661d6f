import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { type SentEvent, type StandIn, startStandIn } from "./inngest-stand-in";
import { type Radicale, startRadicale } from "./radicale";
import { bookFirstSlot, statusOf } from "./support/book";
import { connect, setUp } from "./support/host";
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
  const page = await browser.newPage();
  await setUp(page, product);
  await connect(page, product, radicale, { blocking: ["Work"], receiving: "Work" });
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
  const { token, event } = await book();
  await expect.poll(() => statusOf(product, token)).toBe("confirmed");
  await expectOneRunEach(event);
  expect(runsOf(event).map(({ steps }) => steps)).toEqual([
    ["check"],
    ["push"],
    expect.arrayContaining(["plan"]),
  ]);
  expect((await radicale.listIcs(work)).size).toBe(1);
});

test("a call that the server did not sign, or long ago, is refused and runs nothing", async () => {
  const { token, event } = await whileSilent("before", async () => {
    const booked = await book();
    const call = callWith(booked.event);
    expect(await call(() => undefined)).toBe(401);
    expect(await call(() => "t=1&s=00")).toBe(401);
    expect(await call((body) => server.sign(body, { key: randomBytes(32).toString("hex") }))).toBe(401);
    expect(await call((body) => server.sign(body, { at: Date.now() - 600_000 }))).toBe(401);
    expect(await call((body) => server.sign({ ...body, version: 1 }))).toBe(401);
    expect(await statusOf(product, booked.token)).toBe("pending");
    expect(await call((body) => server.sign(body))).toBe(206);
    return booked;
  });
  await expect.poll(() => statusOf(product, token), { timeout: 30_000 }).toBe("confirmed");
  await expectOneRunEach(event);
});

test("a kill between commit and send, or between send and its mark: the event is sent again, the function runs once", async () => {
  test.setTimeout(120_000);
  for (const moment of ["before", "after"] as const) {
    const { token, event } = await whileSilent(moment, async () => {
      const booked = await book();
      await product.kill9();
      return booked;
    });
    await product.restart();
    await expect.poll(() => statusOf(product, token), { timeout: 60_000 }).toBe("confirmed");
    await expectOneRunEach(event);
    expect(server.arrived.filter(({ id }) => id === event.id).length).toBeGreaterThan(1);
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

/** Calls confirm-booking, with the header `signed` makes of the body. */
function callWith(event: SentEvent) {
  const body = { version: -1, event, events: [event], steps: {}, ctx: { run_id: "ours", attempt: 0 } };
  return async (signed: (body: object) => string | undefined) => {
    const signature = signed(body);
    const answer = await fetch(`${product.url}/api/inngest?fnId=calends-confirm-booking&stepId=step`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(signature && { "x-inngest-signature": signature }) },
      body: JSON.stringify(body),
    });
    return answer.status;
  };
}

/** Books while the server does not answer, and comes back once the event has arrived there. */
async function whileSilent<T>(when: "before" | "after", work: () => Promise<T>): Promise<T> {
  server.fallSilent(when);
  const result = await work();
  server.fallSilent(undefined);
  return result;
}

/** Books the first free slot over the API; comes back when its event has reached the server. */
async function book(): Promise<{ token: string; event: SentEvent }> {
  const known = server.arrived.map(({ id }) => id);
  const token = await bookFirstSlot(product);
  const arrived = () =>
    server.arrived.find(({ name, id }) => name === "booking/requested" && !known.includes(id));
  await expect.poll(arrived).toBeTruthy();
  return { token, event: arrived() as SentEvent };
}

const runsOf = ({ data }: SentEvent) =>
  server.runs.filter(({ event }) => event.data.bookingId === data.bookingId);

async function expectOneRunEach(event: SentEvent): Promise<void> {
  await expect
    .poll(() => runsOf(event).map(({ functionId, status }) => `${functionId} ${status}`), { timeout: 30_000 })
    .toEqual([
      "calends-confirm-booking completed",
      "calends-deliver-booking completed",
      "calends-remind-booking completed",
    ]);
}
