import { createRequire } from "node:module";
import type { Sql } from "postgres";
import { getSlots } from "slot-calculator";
import { type Measure, percentile } from "./measure";
import { june, subject } from "./slots-tables";

type Busy = { from: string; to: string };
type FindSlots = (start: Date, end: Date, seconds: number, busy: { start: Date; end: Date }[]) => unknown[];

/** The package has no types; this is what its README shows. */
const findSlots = createRequire(import.meta.url)("timeslot-availability") as FindSlots;

/**
 * Two slot finders from npm on the same busy times, which they are handed in memory. Neither has a grid apart from the
 * length of a slot, so both look at half as many starts; neither has buffers, notice or limits; timeslot-availability
 * only asks whether a slot's start is taken.
 */
export async function* measureRivals(sql: Sql, what: string): AsyncGenerator<Measure> {
  const busy = await sql<Busy[]>`
    select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as from,
      to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as to
    from get_busy_items(${subject.hostId}, tstzrange(${june.from}, ${june.to}))`;
  const unavailability = [...busy];
  const events = () => busy.map(({ from, to }) => ({ start: new Date(from), end: new Date(to) }));
  const bounds = { from: june.from.toISOString(), to: june.to.toISOString() };
  yield* measured(what, "slot-calculator", () =>
    getSlots({
      ...bounds,
      duration: 30,
      unavailability,
      defaultAvailable: true,
      outputTimezone: "Europe/Brussels",
    }),
  );
  // It changes the events it is given.
  yield* measured(what, "timeslot-availability", () => findSlots(june.from, june.to, 1_800, events()));
}

function* measured(what: string, name: string, find: () => unknown): Generator<Measure> {
  const times: number[] = [];
  const end = performance.now() + 5_000;
  const cpu = process.cpuUsage();
  while (times.length < 50 && (times.length < 3 || performance.now() < end)) {
    const began = performance.now();
    find();
    times.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(cpu);
  yield { case: what, metric: `${name}, p50`, value: percentile(times, 0.5), unit: "ms" };
  yield { case: what, metric: `${name}, CPU`, value: (user + system) / 1_000 / times.length, unit: "ms" };
}
