import { afterAll, afterEach, expect, test } from "vitest";
import { eventually, gate, url } from "../embedded/harness";
import { connect } from "../embedded/store/connect";
import { type OutgoingEvent, sendUnsent } from "./outbox";
import { repeat } from "./repeat";

const sql = connect(url(), 1);
const other = connect(url(), 1);
afterEach(() => other`truncate inngest_events`);
afterAll(() => Promise.all([sql.end(), other.end()]));

const quiet = { error() {} };
const queue = (id: string, name = "test/go") =>
  sql`select inngest_send_event(${name}, '{"n":1}', ${id}, '2026-05-01T10:00:00Z')`;
const unsent = async () =>
  (await other<{ id: string }[]>`select id from inngest_events where routed_at is null order by seq`).map(
    ({ id }) => id,
  );
/** A server that keeps what it is sent. */
function take() {
  const sent: OutgoingEvent[] = [];
  return { sent, send: async (event: OutgoingEvent) => void sent.push(event), log: quiet };
}

test("what a transaction queued is sent as it was, in order, and once", async () => {
  await queue("a");
  await queue("b");
  const server = take();
  expect(await sendUnsent(sql, server)).toBe(true);
  await sendUnsent(sql, server);
  expect(server.sent).toEqual(
    ["a", "b"].map((id) => ({ id, name: "test/go", data: { n: 1 }, ts: Date.parse("2026-05-01T10:00:00Z") })),
  );
});

test("what was not committed is not sent", async () => {
  const server = take();
  await other.begin(async (tx) => {
    await tx`select inngest_send_event('test/go', '{}', 'a')`;
    await sendUnsent(sql, server);
  });
  expect(server.sent).toEqual([]);
  await sendUnsent(sql, server);
  expect(server.sent).toHaveLength(1);
});

test("one that the server refuses stays, and does not hold up the next", async () => {
  await queue("a");
  await queue("b");
  const server = take();
  const send = async (event: OutgoingEvent) => {
    if (event.id === "a") throw new Error("refused");
    await server.send(event);
  };
  expect(await sendUnsent(sql, { send, log: quiet })).toBe(false);
  expect(server.sent.map(({ id }) => id)).toEqual(["b"]);
  expect(await unsent()).toEqual(["a"]);
});

test("one that the server never answers does not hold up the next", async () => {
  await queue("a");
  await queue("b");
  await queue("c");
  const { open, opened } = gate();
  const server = take();
  const send = async (event: OutgoingEvent) => {
    if (event.id === "a") await opened;
    await server.send(event);
  };
  const sending = sendUnsent(sql, { send, log: quiet });
  await eventually(async () => (await unsent()).join() === "a");
  open();
  expect(await sending).toBe(true);
});

test("more than are read at once are all sent, each once", async () => {
  await other`select inngest_send_event('test/go', '{}', 'n' || n) from generate_series(1, 250) n`;
  const server = take();
  expect(await sendUnsent(sql, server)).toBe(true);
  expect(new Set(server.sent.map(({ id }) => id)).size).toBe(250);
  expect(server.sent).toHaveLength(250);
  expect(await unsent()).toEqual([]);
});

test("one whose answer was lost is sent again under the same id", async () => {
  await queue("a");
  const server = take();
  const send = async (event: OutgoingEvent) => {
    await server.send(event);
    throw new Error("connection reset");
  };
  expect(await sendUnsent(sql, { send, log: quiet })).toBe(false);
  expect(await sendUnsent(sql, server)).toBe(true);
  expect(server.sent.map(({ id }) => id)).toEqual(["a", "a"]);
  expect(await unsent()).toEqual([]);
});

test("of several processes one sends, and the others look again soon", async () => {
  await queue("a");
  const { open, opened } = gate();
  const server = take();
  let isSending = false;
  const send = async (event: OutgoingEvent) => {
    isSending = true;
    await opened;
    await server.send(event);
  };
  const slow = sendUnsent(sql, { send, log: quiet });
  await eventually(() => isSending);
  expect(await sendUnsent(other, server)).toBe(false);
  open();
  expect(await slow).toBe(true);
  expect(await sendUnsent(other, server)).toBe(true);
  expect(server.sent).toHaveLength(1);
});

test("a sender whose connection is cut while it waits for the server goes on with a new one", async () => {
  await queue("a");
  const server = take();
  const [{ pid } = { pid: 0 }] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  let isCut = false;
  const send = async (event: OutgoingEvent) => {
    await server.send(event);
    if (!isCut) await other`select pg_terminate_backend(${pid})`;
    isCut = true;
  };
  const sender = repeat(() => sendUnsent(sql, { send, log: quiet }), {
    pauseMs: 100,
    retryMs: 100,
    log: quiet,
  });
  sender.wake();
  await eventually(async () => (await unsent()).length === 0);
  await sender.stop();
});

test("a commit wakes the sender, and what failed is tried again soon", async () => {
  const server = take();
  let failures = 2;
  const send = async (event: OutgoingEvent) => {
    failures -= 1;
    if (failures >= 0) throw new Error("down");
    await server.send(event);
  };
  const sender = repeat(() => sendUnsent(sql, { send, log: quiet }), {
    pauseMs: 60_000,
    retryMs: 5,
    log: quiet,
  });
  const listening = await sql.listen("inngest", sender.wake);
  await queue("a");
  await eventually(() => server.sent.length === 1);
  await queue("b");
  await eventually(() => server.sent.length === 2);
  await listening.unlisten();
  await sender.stop();
});
