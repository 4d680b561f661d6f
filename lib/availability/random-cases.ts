import type { Temporal } from "temporal-polyfill";
import { dateOf, minuteMs } from "./oracle/clock";
import { type Dice, makeDice } from "./oracle/dice";
import { randomBookings } from "./oracle/random-bookings";
import { randomCalendars } from "./oracle/random-calendars";
import { randomStage, randomZone, type Stage } from "./oracle/stage";
import type { World } from "./oracle/world";

/** The world number `index` of a seed. Three in four lie at a change of the schedule's clock. Serves tests only. */
export function randomWorld(seed: number, index: number): World {
  const dice = makeDice(`${seed}:${index}`);
  const stage = randomStage(dice);
  const question = randomQuestion(dice, stage);
  const host = {
    id: dice.uuid(),
    timeZone: stage.timeZone,
    tentativeBlocks: dice.chance(0.6),
    maxStalenessMinutes: dice.pick([15, 60, 60, 1440]),
  };
  const schedule = { id: dice.uuid(), timeZone: dice.chance(0.5) ? null : stage.timeZone };
  if (schedule.timeZone && dice.chance(0.8)) host.timeZone = randomZone(dice);
  const eventType = randomEventType(dice, stage);
  const otherEventTypeId = dice.uuid();
  const { bookings, appointments } = randomBookings(dice, stage, [eventType.id, otherEventTypeId]);
  const { durationMinutes, otherDurations } = eventType;
  return {
    host,
    schedule,
    rules: randomRules(dice),
    overrides: randomOverrides(dice, stage),
    blockedTimes: dice.times(0, dice.pick([0, 0, 1, 3]), () => randomBlockedTime(dice, stage)),
    eventType,
    otherEventTypeId,
    colleagueId: dice.uuid(),
    projectIds: { root: dice.uuid(), seen: dice.uuid(), unseen: dice.uuid() },
    bookings,
    appointments,
    ...randomCalendars(dice, stage, { host, appointments, question }),
    question: {
      ...question,
      durationMinutes: dice.chance(0.5)
        ? null
        : dice.chance(0.95)
          ? dice.pick([durationMinutes, ...otherDurations])
          : 35,
      except: bookings.length > 0 && dice.chance(0.3) ? dice.pick(bookings).id : null,
    },
  };
}

/** Most ranges hold the change, some end or begin near it, a few are of one start, empty or a month long. */
function randomQuestion(dice: Dice, { around }: Stage) {
  const hours = dice.pick([
    dice.chance(0.3) ? 1 : 36,
    24,
    48,
    48,
    72,
    72,
    120,
    240,
    dice.chance(0.2) ? 720 : 96,
  ]);
  const before = dice.chance(0.8) ? dice.int(0, Math.min(hours, 96) * 60) : dice.int(-24 * 60, 24 * 60);
  const from = around - (dice.chance(0.5) ? before - (before % 60) : before) * minuteMs;
  const to = dice.chance(0.98) ? from + hours * 60 * minuteMs : from;
  const now = dice.chance(0.8)
    ? from - dice.int(0, 3 * 24 * 60) * minuteMs
    : dice.chance(0.6)
      ? around + dice.int(-hours * 60, hours * 60, 15) * minuteMs
      : from + dice.int(0, hours * 3600) * 1000;
  return { from: new Date(from), to: new Date(to), now: new Date(now) };
}

const lengths = [5, 10, 15, 15, 20, 25, 30, 30, 30, 45, 50, 60, 60, 90, 120];

function randomEventType(dice: Dice, { timeZone, around }: Stage): World["eventType"] {
  const buffer = () => (dice.chance(0.5) ? 0 : dice.pick([5, 10, 15, 30, 60, 90, 1440]));
  const kind = dice.pick(["rolling_days", "rolling_days", "business_days", "date_range"] as const);
  const date = dateOf(around, timeZone);
  const first = date.add({ days: dice.int(-6, 1) });
  const limit = (low: number, high: number, step = 1) =>
    dice.chance(0.7) ? null : dice.int(low, high, step);
  return {
    id: dice.uuid(),
    durationMinutes: dice.chance(0.9) ? dice.pick(lengths) : dice.pick([240, 480, 720, 1440]),
    otherDurations: dice.times(0, 3, () => dice.pick([...lengths, 240])),
    slotIntervalMinutes: dice.chance(0.95)
      ? dice.pick([...lengths, 35, 40, 75])
      : dice.pick([480, 700, 1440]),
    bufferBeforeMinutes: buffer(),
    bufferAfterMinutes: buffer(),
    minimumNoticeMinutes: dice.chance(0.6) ? 0 : dice.pick([15, 60, 60, 240, 240, 1440, 2880]),
    bookingWindowKind: kind,
    bookingWindowDays: dice.chance(0.4) ? dice.int(1, 8) : dice.int(9, 400),
    windowFirstDay: kind === "date_range" ? first.toString() : null,
    windowLastDay: kind === "date_range" ? first.add({ days: dice.int(2, 12) }).toString() : null,
    dailyLimit: limit(1, 4),
    weeklyLimit: limit(1, 8),
    dailyMinutesLimit: limit(30, 300, 15),
  };
}

const week = [1, 2, 3, 4, 5, 6, 7];

function randomRules(dice: Dice): World["rules"] {
  const everyDay = (...hours: [startMinute: number, endMinute: number][]) =>
    week.flatMap((weekday) => hours.map(([startMinute, endMinute]) => ({ weekday, startMinute, endMinute })));
  const start = dice.int(0, 1439, 5);
  const shapes = {
    office: () => everyDay([540, 720], [780, 1020]).filter(({ weekday }) => weekday < 6),
    touching: () => everyDay([0, 120], [120, 125], [600, 720], [720, 900], [1320, 1440]),
    always: () => everyDay([0, 1440]),
    alwaysFromNoon: () => everyDay([start, start + 1440]),
    night: () => everyDay([1200 + dice.int(0, 235, 5), 1500 + dice.int(0, 400, 5)]),
    early: () => everyDay([dice.int(0, 180, 5), dice.int(185, 420, 5)]),
    longDays: () => everyDay([dice.int(0, 300, 5), dice.int(1200, 1440, 5)]),
    any: () =>
      week
        .filter(() => dice.chance(0.8))
        .flatMap((weekday) => randomIntervals(dice).map((hours) => ({ weekday, ...hours }))),
  };
  const names = Object.keys(shapes) as (keyof typeof shapes)[];
  return shapes[dice.pick([...names, "any", "any", "early"] as const)]();
}

/** In order, some touching, the last one perhaps across midnight; they never overlap, the table refuses that. */
function randomIntervals(dice: Dice): { startMinute: number; endMinute: number }[] {
  const intervals: { startMinute: number; endMinute: number }[] = [];
  const step = dice.chance(0.9) ? 5 : 1;
  let startMinute = dice.chance(0.2) ? 0 : dice.int(0, 720, step);
  for (let left = dice.int(1, 4); left > 0 && startMinute < 1440; left -= 1) {
    const most = left === 1 && dice.chance(0.4) ? startMinute + 1440 : 1440;
    const endMinute = dice.chance(0.15)
      ? most
      : dice.int(startMinute + 1, Math.min(most, startMinute + 600), 1);
    intervals.push({ startMinute, endMinute: Math.max(endMinute, startMinute + 1) });
    startMinute = dice.chance(0.3) ? endMinute : dice.int(endMinute, endMinute + 300, step);
  }
  return intervals;
}

/** Of single dates or of several in a row, most of them next to the change. */
function randomOverrides(dice: Dice, { timeZone, around }: Stage): World["overrides"] {
  const date = dateOf(around, timeZone);
  const density = dice.pick([0, 0, 0.1, 0.3, 0.6]);
  return Array.from({ length: 17 }, (_, n) => date.add({ days: n - 8 }))
    .filter(() => dice.chance(density))
    .flatMap((one): World["overrides"] => {
      const day = one.toString();
      if (dice.chance(0.3)) return [{ day, startMinute: null, endMinute: null }];
      return randomIntervals(dice).map((hours) => ({ day, ...hours }));
    });
}

function randomBlockedTime(dice: Dice, { timeZone, around }: Stage): World["blockedTimes"][number] {
  const zone = dice.chance(0.5) ? timeZone : randomZone(dice);
  const near = dateOf(around, zone)
    .add({ days: dice.int(-4, 4) })
    .toPlainDateTime("00:00");
  const clock = dice.chance(0.4) ? dice.int(0, 240, 5) : dice.int(0, 1439, 5);
  const length = dice.pick([15, 30, 60, 60, 90, 240, 1440, dice.chance(0.2) ? 7 * 1440 : 120]);
  const place = (start: Temporal.PlainDateTime) => ({
    timeZone: zone,
    startsAt: start.toString({ smallestUnit: "second" }),
    endsAt: start.add({ minutes: length }).toString({ smallestUnit: "second" }),
  });
  if (dice.chance(0.5))
    return { ...place(near.add({ minutes: clock })), weekdays: null, everyWeeks: 1, untilDay: null };
  const first = near.subtract({ days: dice.int(0, 60) }).add({ minutes: clock });
  const until = dice.chance(0.3) ? first.add({ days: dice.int(0, 70) }) : near.add({ days: dice.int(0, 4) });
  const weekdays = week.filter(() => dice.chance(0.35));
  return {
    ...place(first),
    weekdays: weekdays.length > 0 ? weekdays : [first.dayOfWeek],
    everyWeeks: dice.pick([1, 1, 2, 3]),
    untilDay: dice.chance(0.4) ? null : until.toPlainDate().toString(),
  };
}
