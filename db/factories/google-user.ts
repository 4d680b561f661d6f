import type { GoogleServer } from "@/emulators/google/server";
import type { Dice } from "@/lib/availability/oracle/dice";

// Somebody who works in Google's own calendar, at random, so that a seed is a story.

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zones = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"];
const words = ["Stand-up", "Zahnarzt", "会議", "1:1 with Zoë", "🎂", "Focus", "Flight LH 400"];
const rhythms = ["DAILY", "DAILY;INTERVAL=3", "WEEKLY", "WEEKLY;BYDAY=TU,TH", "MONTHLY"];

type Admin = GoogleServer["admin"];
type Body = Parameters<Admin["createEvent"]>[0]["event"];
type Times = { start: object; end: object };
type Standing = { id: string; calendarId: string; repeats: boolean; eventType: string };
/** Where they write; what they write lies in the weeks around `from`. */
type Scene = { calendarIds: string[]; from: Date };

/** `act` does one thing, and says what. */
export function makeGoogleUser(admin: Admin, dice: Dice, { calendarIds, from }: Scene) {
  const events = new Map<string, Standing>();
  const { timed, allDay, anyTime } = drawTimes(dice, from);
  const title = () => `${dice.pick(words)} ${dice.int(1, 999)}`;
  const rule = () => {
    const end = dice.chance(0.15) ? "" : `;COUNT=${dice.int(2, 12)}`;
    return [`RRULE:FREQ=${dice.pick(rhythms)}${end}`];
  };

  function pick(wanted: Partial<Standing> = {}): Standing | undefined {
    const isWanted = (one: Standing) =>
      (wanted.repeats ?? one.repeats) === one.repeats &&
      (wanted.eventType ?? one.eventType) === one.eventType;
    const some = [...events.values()].filter(isWanted);
    return some.length === 0 ? undefined : dice.pick(some);
  }
  /** One occurrence of a series. */
  function pickInstance(): Standing | undefined {
    const series = pick({ repeats: true });
    if (!series) return undefined;
    const timeMin = new Date(from.getTime() - 30 * dayMs).toISOString();
    const timeMax = new Date(from.getTime() + 80 * dayMs).toISOString();
    const all = admin.eventsIn({ calendarId: series.calendarId, timeMin, timeMax });
    const instances = all.filter(({ recurringEventId }) => recurringEventId === series.id);
    return instances.length === 0 ? undefined : { ...series, id: dice.pick(instances).id };
  }

  function create(more: Body): void {
    const calendarId = dice.pick(calendarIds);
    const event = { summary: title(), ...anyTime(), ...more };
    const { id, eventType } = admin.createEvent({ calendarId, event });
    events.set(id, { id, calendarId, repeats: "recurrence" in event, eventType });
  }
  function change({ calendarId, id }: Standing, event: Body): void {
    admin.changeEvent({ calendarId, eventId: id, event });
  }
  function move({ calendarId, id }: Standing, { start, end }: Times): void {
    admin.moveEvent({ calendarId, eventId: id, start, end });
  }
  function changeRule(one: Standing, recurrence: string[] | null): void {
    change(one, { recurrence });
    events.set(one.id, { ...one, repeats: recurrence !== null });
  }
  function remove({ calendarId, id }: Standing): void {
    admin.deleteEvent({ calendarId, eventId: id });
    events.delete(id);
  }
  function transfer(one: Standing): void {
    const to = dice.pick(calendarIds.filter((id) => id !== one.calendarId));
    admin.transferEvent({ calendarId: one.calendarId, eventId: one.id, to });
    events.set(one.id, { ...one, calendarId: to });
  }
  function answer({ calendarId, id }: Standing): void {
    const responseStatus = dice.pick(["declined", "accepted", "tentative"]);
    admin.respond({ calendarId, eventId: id, responseStatus });
  }

  const guests = [{ email: "grace@example.com", responseStatus: "accepted" }];
  const single = { repeats: false };
  const series = { repeats: true };
  /** How often each happens; false where there is nothing to do it to. */
  const deeds: Record<string, [weight: number, act: () => boolean]> = {
    create: [16, () => done(() => create({}))],
    createFree: [3, () => done(() => create({ transparency: "transparent" }))],
    createTentative: [3, () => done(() => create({ status: "tentative" }))],
    createAllDay: [4, () => done(() => create(allDay()))],
    createOutOfOffice: [1, () => done(() => create({ ...timed(), eventType: "outOfOffice" }))],
    createInvitation: [3, () => done(() => create({ attendees: guests }))],
    createSeries: [9, () => done(() => create({ ...timed(), recurrence: rule() }))],
    createSeriesOfDays: [2, () => done(() => create({ ...allDay(), recurrence: rule() }))],
    retitle: [9, () => to(pick(), (one) => change(one, { summary: title(), description: title() }))],
    free: [3, () => to(pick(), (one) => change(one, { transparency: dice.pick(["transparent", "opaque"]) }))],
    doubt: [3, () => to(pick(), (one) => change(one, { status: dice.pick(["tentative", "confirmed"]) }))],
    answer: [3, () => to(pick(), answer)],
    move: [14, () => to(pick(single), (one) => move(one, anyTime()))],
    delete: [9, () => to(pick(single), remove)],
    transfer: [7, () => to(pick({ eventType: "default" }), transfer)],
    moveSeries: [5, () => to(pick(series), (one) => move(one, timed()))],
    deleteSeries: [4, () => to(pick(series), remove)],
    changeRule: [4, () => to(pick(series), (one) => changeRule(one, rule()))],
    becomeSeries: [2, () => to(pick(single), (one) => changeRule(one, rule()))],
    becomeSingle: [2, () => to(pick(series), (one) => changeRule(one, null))],
    retitleInstance: [6, () => to(pickInstance(), (one) => change(one, { summary: title() }))],
    moveInstance: [9, () => to(pickInstance(), (one) => move(one, timed()))],
    deleteInstance: [
      7,
      () => to(pickInstance(), ({ calendarId, id }) => admin.deleteEvent({ calendarId, eventId: id })),
    ],
  };
  const lots = Object.entries(deeds).flatMap(([name, [weight]]) => Array<string>(weight).fill(name));

  return {
    act(): string {
      for (;;) {
        const name = dice.pick(lots);
        if (deeds[name]?.[1]()) return name;
      }
    },
  };
}

function drawTimes(dice: Dice, from: Date) {
  const timed = (): Times => {
    const startsAt = from.getTime() + dice.int(-5 * 24 * 12, 40 * 24 * 12) * (hourMs / 12);
    const timeZone = dice.pick(zones);
    const at = (instant: number) => ({ dateTime: new Date(instant).toISOString(), timeZone });
    return { start: at(startsAt), end: at(startsAt + dice.int(0, 36) * (hourMs / 12)) };
  };
  const allDay = (): Times => {
    const first = from.getTime() + dice.int(-5, 40) * dayMs;
    const date = (instant: number) => ({ date: new Date(instant).toISOString().slice(0, 10) });
    return { start: date(first), end: date(first + dice.int(1, 3) * dayMs) };
  };
  return { timed, allDay, anyTime: () => (dice.chance(0.25) ? allDay() : timed()) };
}

function done(act: () => void): boolean {
  act();
  return true;
}

function to<T>(one: T | undefined, act: (one: T) => void): boolean {
  return one === undefined ? false : done(() => act(one));
}
