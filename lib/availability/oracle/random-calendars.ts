import { type Time, timesOf } from "./appointments";
import { dateOf, minuteMs } from "./clock";
import type { Dice } from "./dice";
import { randomPlace } from "./random-place";
import type { Stage } from "./stage";
import type { World } from "./world";

type Event = World["events"][number];
type Changes = NonNullable<World["localChanges"]>;
type Known = { host: World["host"]; appointments: World["appointments"]; question: Asked };
type Asked = Pick<World["question"], "from" | "to" | "now">;

/** Calendars and feeds, fresh as a rule, with events of every kind, among them copies of our own appointments. */
export function randomCalendars(dice: Dice, stage: Stage, { host, appointments, question }: Known) {
  const calendars = dice.times(0, 3, () => {
    const feed = dice.chance(0.3) ? randomFeed(dice) : null;
    const patience = Math.max(
      host.maxStalenessMinutes,
      feed ? dice.pick([1440, 3 * feed.refreshMinutes]) : 0,
    );
    return {
      id: dice.uuid(),
      feed,
      checksConflicts: dice.chance(0.75),
      allDayBlocks: dice.chance(0.3),
      lastSyncedAt: randomReading(dice, Math.max(host.maxStalenessMinutes, patience), question.now),
      windowEnd: dice.chance(0.2) ? new Date(stage.around + dice.int(-2 * 24, 8 * 24) * 3_600_000) : null,
    };
  });
  const targets = calendars.flatMap((calendar) =>
    appointments
      .filter(() => dice.chance(0.5))
      .map((appointment) => ({
        appointmentId: appointment.id,
        calendarId: calendar.id,
        uid: `${appointment.id}@calends`,
        remoteId: dice.chance(0.7) ? `copy-${appointment.id}` : null,
        removedAt: dice.chance(0.08) ? new Date(stage.around) : null,
      })),
  );
  const events = calendars.flatMap(({ id }) => {
    const make = (n: number) => randomEvent(dice, stage, { calendarId: id, providerEventId: `event-${n}` });
    return dice.times(0, dice.pick([0, 3, 12]), make);
  });
  const copies = targets.filter(() => dice.chance(0.7)).flatMap((target) => copiesOf(target));
  const all = [...events, ...copies];
  return { calendars, targets, events: all, localChanges: randomChanges(dice, calendars, all) };

  /** Where we put it, or moved, or longer, or all-day; sometimes the host made it recur; or in a calendar of no target. */
  function copiesOf({ appointmentId, uid, calendarId }: World["targets"][number]): Event[] {
    const time = randomTime(appointments.find(({ id }) => id === appointmentId));
    const { startsAt, endsAt } =
      "startsAt" in time ? time : { startsAt: new Date(time.startDay), endsAt: new Date(time.endDay) };
    const at = (shift: number, longer = 0) => ({
      startsAt: new Date(startsAt.getTime() + shift * minuteMs),
      endsAt: new Date(endsAt.getTime() + (shift + longer) * minuteMs),
    });
    const event = (place: Partial<Event>, occurrenceKey = "") => ({
      ...randomEvent(dice, stage, { calendarId, providerEventId: `copy-${appointmentId}` }),
      ...{ startsAt: null, endsAt: null, startDay: null, endDay: null },
      uid,
      occurrenceKey,
      ...place,
    });
    const day = dateOf(startsAt.getTime(), "startDay" in time ? "UTC" : host.timeZone);
    const days = (count: number) => ({
      startDay: day.toString(),
      endDay: day.add({ days: count }).toString(),
    });
    return dice.pick([
      [event(time)],
      [event(time)],
      [event(time)],
      [event(at(dice.int(-60, 60, 5)))],
      [event(at(0, 15))],
      [event(days(dice.int(1, 2)))],
      [event(time, "first"), event(at(1440), "second")],
      [
        event({
          ...time,
          calendarId: dice.pick(calendars).id,
          providerEventId: `elsewhere-${appointmentId}-${calendarId}`,
        }),
      ],
    ]);
  }

  function randomTime(appointment: World["appointments"][number] | undefined): Time {
    const times = appointment
      ? timesOf(appointment, { ...question, durationMinutes: null, except: null })
      : [];
    const near = times.filter((time) => isNear(time, question));
    return near.length > 0 ? dice.pick(near) : randomPlace(dice, stage, 1);
  }
}

function randomFeed(dice: Dice) {
  return {
    refreshMinutes: dice.pick([15, 30, 60, 360, 720, 1440]),
    feedMinutes: dice.chance(0.5) ? null : dice.pick([5, 720, 1440, 4320, 20_160]),
  };
}

/** What the host decided about events of feeds: one row for all occurrences of an event. */
function randomChanges(dice: Dice, calendars: World["calendars"], events: Event[]): Changes {
  const isOfFeed = ({ calendarId }: Event) => calendars.some(({ id, feed }) => id === calendarId && feed);
  const keys = new Set(
    events
      .filter((event) => isOfFeed(event) && dice.chance(0.8))
      .map(({ calendarId, providerEventId }) => `${calendarId} ${providerEventId}`),
  );
  return [...keys].map((key) => {
    const [calendarId = "", providerEventId = ""] = key.split(" ");
    const transparency = dice.pick([null, "opaque", "transparent"] as const);
    return { calendarId, providerEventId, isHidden: dice.chance(0.3), transparency };
  });
}

function isNear(time: Time, { from, to }: Asked): boolean {
  const start = "startsAt" in time ? time.startsAt.getTime() : Date.parse(time.startDay);
  return start > from.getTime() - 2 * 1440 * minuteMs && start < to.getTime() + 1440 * minuteMs;
}

function randomReading(dice: Dice, maxStalenessMinutes: number, now: Date): Date | null {
  if (dice.chance(0.015)) return null;
  const limit = maxStalenessMinutes * 60;
  const seconds = dice.chance(0.96) ? dice.int(0, limit) : dice.pick([limit, limit + 1, limit * 3]);
  return new Date(now.getTime() - seconds * 1000);
}

function randomEvent(dice: Dice, stage: Stage, ids: Pick<Event, "calendarId" | "providerEventId">): Event {
  return {
    ...ids,
    occurrenceKey: "",
    uid: ids.providerEventId,
    ...randomEventPlace(dice, stage),
    status: dice.pick(["confirmed", "confirmed", "confirmed", "tentative", "cancelled"] as const),
    transparency: dice.chance(0.75) ? ("opaque" as const) : ("transparent" as const),
  };
}

function randomEventPlace(dice: Dice, stage: Stage) {
  const isAllDay = dice.chance(0.25);
  if (isAllDay) {
    const first = dateOf(stage.around, stage.timeZone).add({ days: dice.int(-4, 4) });
    const days = dice.chance(0.8) ? 1 : dice.int(2, 4);
    return {
      startsAt: null,
      endsAt: null,
      startDay: first.toString(),
      endDay: first.add({ days }).toString(),
    };
  }
  const { startsAt, endsAt } = randomPlace(dice, stage, 4);
  const isPoint = dice.chance(0.1);
  const isLong = dice.chance(0.05);
  const end = isPoint ? startsAt : isLong ? new Date(endsAt.getTime() + 2 * 1440 * minuteMs) : endsAt;
  return { startsAt, endsAt: end, startDay: null, endDay: null };
}
