import { inArray } from "drizzle-orm";
import { POST } from "@/app/api/webhooks/google-calendar/route";
import { database } from "@/db/client";
import { everyDay, makeBookingPage } from "@/db/factories/booking-page";
import { deliverTo, makeGoogleConnection, type SomeGoogle } from "@/db/factories/google";
import { receiveMessages } from "@/db/factories/google-chaos";
import { syncChannels } from "@/db/schema";
import { functions } from "@/inngest";
import { createEngine } from "@/inngest/embedded/engine";
import { getAvailableSlots } from "@/lib/availability/slots";
import { watchCalendar } from "@/lib/channels/watch";
import { onAvailability } from "@/lib/live/availability";
import { pullCalendar } from "@/lib/sync/pull";
import { type Measure, percentile } from "./measure";

const latencyMs = 50;
const hourMs = 3_600_000;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

type Watched = Awaited<ReturnType<typeof makeWatched>>;

/**
 * Events appear in all calendars at once; from the arrival of each notification to the answer of the slots that
 * leaves the taken time out. Receiver, route, engine, reading and slots are the product's, in this process.
 */
export async function* measureWebhooks(google: SomeGoogle, count: number): AsyncGenerator<Measure> {
  const what = `${count} calendars change at once, ${latencyMs} ms to Google`;
  const arrivals = new Map<string, number>();
  const receiver = await receive((channelId) => arrivals.set(channelId, performance.now()));
  await deliverTo(google, receiver.origin);
  const watched: Watched[] = [];
  for (let n = 0; n < count; n += 1) watched.push(await makeWatched(google));
  const channels = await listChannels(watched);
  const engine = await createEngine(functions, { databaseUrl: process.env.DATABASE_URL ?? "", log: quiet });
  await google.admin.settings({ latencyMs });
  const waits: number[] = [];
  const rounds = count === 1 ? 60 : Math.max(2, 200 / count);
  try {
    await playRound(google, watched, 0);
    for (let round = 1; round <= rounds; round += 1) {
      const seen = await playRound(google, watched, round);
      for (const [hostId, at] of seen)
        waits.push(at - (arrivals.get(channels.get(hostId) ?? "") ?? Number.NaN));
    }
  } finally {
    await google.admin.settings({ latencyMs: 0 });
    await engine.stop();
    receiver.stop();
  }
  const bar = count === 50 ? { bar: { atMost: 1_000 } } : {};
  yield { case: what, metric: "notification to slots, p50", value: percentile(waits, 0.5), unit: "ms" };
  yield {
    case: what,
    metric: "notification to slots, p95",
    value: percentile(waits, 0.95),
    unit: "ms",
    ...bar,
  };
}

/** A host whose one calendar is read and watched. */
async function makeWatched(google: SomeGoogle) {
  const page = await makeBookingPage({ hours: everyDay("00:00", "24:00") });
  const { calendar, email } = await makeGoogleConnection(google, page.hostId);
  await pullCalendar(calendar.id, new Date());
  await watchCalendar(calendar.id, new Date());
  return { ...page, email, calendarId: calendar.id };
}

/** The id of each host's channel. */
async function listChannels(watched: Watched[]): Promise<Map<string, string>> {
  const ids = watched.map(({ calendarId }) => calendarId);
  const rows = await database().select().from(syncChannels).where(inArray(syncChannels.calendarId, ids));
  return new Map(rows.map(({ hostId, id }) => [hostId, id]));
}

/** One event in each calendar, an hour later each round. @returns when the slots of each host knew of it */
async function playRound(
  google: SomeGoogle,
  watched: Watched[],
  round: number,
): Promise<Map<string, number>> {
  const start = new Date(Math.ceil(Date.now() / hourMs) * hourMs + (round + 24) * hourMs);
  const seen = new Map<string, number>();
  const all = watched.map(async ({ hostId, eventType }) => {
    await untilTaken({ hostId, eventTypeId: eventType.id, start });
    seen.set(hostId, performance.now());
  });
  const at = (instant: number) => ({ dateTime: new Date(instant).toISOString() });
  const event = { summary: "Taken", start: at(start.getTime()), end: at(start.getTime() + hourMs / 2) };
  await Promise.all(watched.map(({ email }) => google.admin.createEvent({ calendarId: email, event })));
  await Promise.all(all);
  return seen;
}

type Question = { hostId: string; eventTypeId: string; start: Date };

/** Asks for the slots whenever the host's availability may have changed, as an open page does. */
function untilTaken({ hostId, eventTypeId, start }: Question): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      const question = { eventTypeId, from: start, to: new Date(start.getTime() + 1), now: new Date() };
      if ((await getAvailableSlots(question)).length > 0) return;
      stop();
      resolve();
    };
    const stop = onAvailability(hostId, () => void look().catch(reject));
  });
}

/** Google's messages, answered by the product's route. */
const receive = (onMessage: (channelId: string) => void) =>
  receiveMessages(async (received) => {
    const headers = new Headers(received as Record<string, string>);
    if (headers.get("x-goog-resource-state") === "exists") onMessage(headers.get("x-goog-channel-id") ?? "");
    const url = "http://localhost/api/webhooks/google-calendar";
    return (await POST(new Request(url, { method: "POST", headers }))).status;
  });
