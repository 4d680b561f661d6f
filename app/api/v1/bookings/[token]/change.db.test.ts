import { expect, test } from "vitest";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeConfirmedVisit } from "@/db/factories/visit";
import { POST as cancel } from "./cancel/route";
import { POST as move } from "./move/route";
import { GET as read } from "./route";

const day = 86_400_000;
// The routes look at the clock themselves, so the booking is ahead of it.
const at = (hour: number) => new Date(Math.ceil(Date.now() / day) * day + day + hour * 3_600_000);

async function setUp() {
  const page = await makeBookingPage();
  const visit = await makeConfirmedVisit(page, new Date(), { start: at(10).toISOString() });
  const call = async (handler: typeof cancel, body?: unknown, token = visit.token) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const request = new Request("http://calends.test/", init);
    const response = await handler(request, { params: Promise.resolve({ token }) });
    return { status: response.status, body: await response.json() };
  };
  return { visit, call };
}

test("a move is asked for, and the answer shows both times until it is decided", async () => {
  const { call } = await setUp();
  const start = at(14).toISOString();
  expect(await call(move, { start })).toMatchObject({
    status: 200,
    body: {
      booking: {
        status: "confirmed",
        starts_at: at(10).toISOString(),
        moves_to: { starts_at: start, by: "visitor" },
      },
    },
  });
  expect(await call(move, { start: at(20).toISOString() })).toMatchObject({
    status: 409,
    body: { error: { code: "conflict", field: "start" } },
  });
  expect(await call(move, {})).toMatchObject({ status: 400, body: { error: { field: "start" } } });
});

test("a cancellation says what it did, also the second time, and a move then comes too late", async () => {
  const { call } = await setUp();
  const cancelled = {
    status: 200,
    body: { booking: { status: "cancelled", cancelled_by: "visitor", reason: "Ill." } },
  };
  expect(await call(cancel, { reason: "Ill." })).toMatchObject(cancelled);
  expect(await call(cancel, {})).toMatchObject(cancelled);
  expect(await call(move, { start: at(14).toISOString() })).toMatchObject({ status: 409 });
  expect(await call(read)).toMatchObject(cancelled);
});

test("bad input names its field, and a link that is none of ours leads nowhere", async () => {
  const { visit, call } = await setUp();
  expect(await call(cancel, { reason: 5 })).toMatchObject({
    status: 400,
    body: { error: { field: "reason" } },
  });
  for (const handler of [cancel, move])
    expect(await call(handler, { start: at(14).toISOString() }, visit.hostToken)).toMatchObject({
      status: 404,
    });
});
