import { eq, sql } from "drizzle-orm";
import { closeDatabase, database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeHost } from "@/db/factories/users";
import { appointments, calendarBindings, calendarConnections } from "@/db/schema";
import { sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { pushCalendar } from "@/lib/mirror/push-calendar";
import { pullCalendar } from "@/lib/sync/pull";
import { applyTestSettings } from "@/scripts/lib/test-settings";
import { type DavProcess, startDavProcess } from "./dav";
import { type Measure, percentile } from "./measure";
import { onOwnDatabase } from "./own-database";
import { watchProvider } from "./provider-time";

// `APPOINTMENTS=1000 npm run bench mirror` for a smaller one.
const count = Number(process.env.APPOINTMENTS ?? 10_000);
const rounds = 20;

/**
 * Appointments mirrored into a CalDAV calendar in another process: the first push of all, a tick in which nothing
 * changed, one change, and taking all of them back.
 */
export const bench = () => onOwnDatabase(onDatabase);

async function* onDatabase(databaseUrl: string): AsyncGenerator<Measure> {
  applyTestSettings(databaseUrl);
  const dav = await startDavProcess();
  try {
    const mirror = await makeMirror(dav);
    yield* measureFirst(dav, mirror);
    yield* measureTick(dav, mirror);
    yield* measureChange(dav, mirror);
    yield* measureEnd(dav, mirror);
  } finally {
    dav.stop();
    await closeDatabase();
  }
}

type Mirror = Awaited<ReturnType<typeof makeMirror>>;

/** A host with appointments, every hour from now on, and a calendar that all of them belong in. */
async function makeMirror(dav: DavProcess) {
  const { viewer } = await makeHost();
  const hostId = viewer.userId;
  const calendar = await makeCalendar(hostId, { remoteId: dav.url, lastSyncedAt: null });
  const credentials = { serverUrl: dav.url, username: "ada", password: "correct horse" };
  await database()
    .update(calendarConnections)
    .set({
      provider: "caldav",
      serverUrl: dav.url,
      credentials: sealCredentials(calendar.connectionId, credentials, env().FERNET_KEYS),
    })
    .where(eq(calendarConnections.id, calendar.connectionId));
  await database().execute(sql`
    insert into appointments (owner_id, uid, title, description, starts_at, ends_at, time_zone)
    select ${hostId}::uuid, 'appointment' || n || '@calends', 'Meeting ' || n, 'What is to be talked about.',
      date_trunc('hour', now()) + n * interval '1 hour', date_trunc('hour', now()) + (n + 0.5) * interval '1 hour',
      'Europe/Berlin'
    from generate_series(1, ${count}) n`);
  return { hostId, calendarId: calendar.id };
}

async function* measureFirst(dav: DavProcess, { hostId, calendarId }: Mirror): AsyncGenerator<Measure> {
  const what = `first push of ${count} appointments`;
  await database().insert(calendarBindings).values({ hostId, calendarId, scope: "all_visible" });
  let runs = 0;
  const spent = await timed(async () => {
    for (; await isDue(calendarId); runs += 1) await pushCalendar(calendarId, new Date());
  });
  yield* say(what, dav, spent);
  yield { case: what, metric: "runs, of 30 seconds at most", value: runs, unit: "" };
  yield { case: what, metric: "RSS of this process", value: process.memoryUsage.rss() / 1e6, unit: "MB" };
  yield* say("first reading after that", dav, await timed(() => pullCalendar(calendarId, new Date())));
}

async function* measureTick(dav: DavProcess, { calendarId }: Mirror): AsyncGenerator<Measure> {
  const spent: Spent[] = [];
  for (let n = 0; n < rounds; n += 1)
    spent.push(
      await timed(async () => {
        await pullCalendar(calendarId, new Date());
        await pushCalendar(calendarId, new Date());
      }),
    );
  yield* say(`${rounds} ticks in which nothing changed`, dav, sumOf(spent));
  yield* typical(`a tick in which nothing changed`, spent);
}

async function* measureChange(dav: DavProcess, { calendarId }: Mirror): AsyncGenerator<Measure> {
  const change = (n: number) =>
    database()
      .update(appointments)
      .set({ title: `Changed ${n}`, updatedAt: new Date() })
      .where(eq(appointments.uid, "appointment1@calends"));
  const spent: Spent[] = [];
  for (let n = 0; n < rounds; n += 1) {
    await change(n);
    spent.push(await timed(() => pushCalendar(calendarId, new Date())));
  }
  yield* say(`${rounds} changes of one appointment`, dav, sumOf(spent));
  yield* typical("one change", spent);
  yield* say("a tick after that", dav, await timed(() => pullCalendar(calendarId, new Date())));
}

async function* measureEnd(dav: DavProcess, { hostId, calendarId }: Mirror): AsyncGenerator<Measure> {
  await database().delete(calendarBindings).where(eq(calendarBindings.hostId, hostId));
  const spent = await timed(async () => {
    do await pushCalendar(calendarId, new Date());
    while (await isDue(calendarId));
  });
  yield* say(`taking ${count} copies back`, dav, spent);
}

async function isDue(calendarId: string): Promise<boolean> {
  const [row] = await database().execute<{ isDue: boolean }>(sql`
    select not exists (select from appointment_targets where calendar_id = ${calendarId}::uuid)
      and exists (select from calendar_bindings where calendar_id = ${calendarId}::uuid)
      or exists (select from appointment_targets where calendar_id = ${calendarId}::uuid and push_due_at <= now())
      as "isDue"`);
  return row?.isDue ?? false;
}

/** `own` leaves out what was spent waiting for the server. */
type Spent = { total: number; own: number };

async function timed(work: () => Promise<unknown>): Promise<Spent> {
  const provider = watchProvider();
  const began = performance.now();
  await work();
  const total = performance.now() - began;
  return { total, own: total - provider.stop() };
}

const sumOf = (all: Spent[]): Spent => ({
  total: all.reduce((sum, { total }) => sum + total, 0),
  own: all.reduce((sum, { own }) => sum + own, 0),
});

/** What was asked of the server, and how long all of it took. */
async function* say(what: string, dav: DavProcess, { total, own }: Spent): AsyncGenerator<Measure> {
  const { traffic, objects } = await dav.take();
  for (const [name, times] of Object.entries(traffic.requests))
    yield { case: what, metric: name, value: times, unit: "requests" };
  yield { case: what, metric: "sent", value: traffic.bytesIn / 1e3, unit: "kB" };
  yield { case: what, metric: "received", value: traffic.bytesOut / 1e3, unit: "kB" };
  yield { case: what, metric: "all in all", value: total, unit: "ms" };
  yield { case: what, metric: "not waiting for the server", value: own, unit: "ms" };
  yield { case: what, metric: "in the calendar then", value: objects, unit: "events" };
}

function* typical(what: string, spent: Spent[]): Generator<Measure> {
  const times = spent.map(({ total }) => total);
  yield { case: what, metric: "all in all, p50", value: percentile(times, 0.5), unit: "ms" };
  yield { case: what, metric: "all in all, p95", value: percentile(times, 0.95), unit: "ms" };
}
