import { makeGoogleConnection, type SomeGoogle } from "@/db/factories/google";
import { makeHost } from "@/db/factories/users";
import { pullCalendar } from "@/lib/sync/pull";
import { countCpu } from "./cpu";
import { type Measure, percentile } from "./measure";
import { watchProvider } from "./provider-time";

const hourMs = 3_600_000;
const cpuMetric = "CPU of this process and PostgreSQL, p50";

/** A calendar that was never read: the median of three. */
export async function* measureImport(
  google: SomeGoogle,
  { events, latencyMs }: { events: number; latencyMs: number },
): AsyncGenerator<Measure> {
  const what = `first reading, ${events} events, ${latencyMs} ms a page`;
  const times: number[] = [];
  const ours: number[] = [];
  const cpus: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const calendar = await makeFullCalendar(google, events);
    await google.admin.settings({ latencyMs });
    const { total, own, cpu } = await timed(() => pullCalendar(calendar.id, new Date()));
    await google.admin.settings({ latencyMs: 0 });
    times.push(total);
    ours.push(own);
    cpus.push(cpu);
  }
  const bar = latencyMs === 200 ? { bar: { atMost: 1_500 } } : {};
  yield { case: what, metric: "all in all", value: percentile(times, 0.5), unit: "ms", ...bar };
  yield { case: what, metric: "not waiting for Google", value: percentile(ours, 0.5), unit: "ms" };
  yield { case: what, metric: cpuMetric, value: percentile(cpus, 0.5), unit: "ms" };
}

/** One event changes, and the calendar is read. */
export async function* measureChanges(google: SomeGoogle, events: number): AsyncGenerator<Measure> {
  const what = `one change among ${events} events`;
  const { id, remoteId, firstEventId } = await makeFullCalendar(google, events);
  const first = await timed(() => pullCalendar(id, new Date()));
  yield {
    case: `first reading, ${events} events, 0 ms a page`,
    metric: "all in all",
    value: first.total,
    unit: "ms",
  };
  const change = async (n: number) => {
    const event = { summary: `Changed ${n}` };
    await google.admin.changeEvent({ calendarId: remoteId, eventId: firstEventId, event });
    return timed(() => pullCalendar(id, new Date()));
  };
  for (let n = 0; n < 10; n += 1) await change(n);
  const times: { total: number; own: number; cpu: number }[] = [];
  for (let n = 0; n < 100; n += 1) times.push(await change(n));
  const ours = times.map(({ own }) => own);
  yield { case: what, metric: "ours, p50", value: percentile(ours, 0.5), unit: "ms", bar: { atMost: 10 } };
  yield { case: what, metric: "ours, p95", value: percentile(ours, 0.95), unit: "ms" };
  const cpus = times.map(({ cpu }) => cpu);
  yield { case: what, metric: cpuMetric, value: percentile(cpus, 0.5), unit: "ms" };
  const all = times.map(({ total }) => total);
  yield { case: what, metric: "with Google's part, p50", value: percentile(all, 0.5), unit: "ms" };
}

/** Events spread over 500 days from now, so that all of them are read. */
async function makeFullCalendar(google: SomeGoogle, count: number) {
  const { viewer } = await makeHost();
  const { calendar, email } = await makeGoogleConnection(google, viewer.userId);
  const start = Math.ceil(Date.now() / hourMs) * hourMs;
  const at = (instant: number) => ({ dateTime: new Date(instant).toISOString() });
  const eventAt = (n: number) => {
    const startsAt = start + Math.floor((n / count) * 500 * 24) * hourMs;
    const guests = ["ada", "grace", "kathleen"].map((name) => ({ email: `${name}@example.com` }));
    return {
      id: `event${n}`,
      summary: `Meeting ${n}`,
      description: "What is to be talked about, and who brings the coffee. ".repeat(5),
      attendees: guests,
      start: at(startsAt),
      end: at(startsAt + hourMs / 2),
    };
  };
  const batch = 5_000;
  for (let first = 0; first < count; first += batch) {
    const events = Array.from({ length: Math.min(batch, count - first) }, (_, n) => eventAt(first + n));
    await google.admin.createEvents({ calendarId: email, events });
  }
  return { ...calendar, firstEventId: "event0" };
}

/** `own` leaves out what was spent waiting for the provider alone; `cpu` is what this process and PostgreSQL computed. */
async function timed(work: () => Promise<unknown>): Promise<{ total: number; own: number; cpu: number }> {
  const provider = watchProvider();
  const computed = await countCpu();
  const began = performance.now();
  await work();
  const total = performance.now() - began;
  return { total, own: total - provider.stop(), cpu: await computed() };
}
