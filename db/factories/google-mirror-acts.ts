import { changeAppointment } from "@/lib/appointments/change";
import { createAppointment } from "@/lib/appointments/create";
import { getAppointment } from "@/lib/appointments/get";
import { listOccurrences } from "@/lib/appointments/list";
import { removeAppointment } from "@/lib/appointments/remove";
import type { Dice } from "@/lib/availability/oracle/dice";
import { AppError } from "@/lib/errors";
import type { GoogleMirror } from "./google-mirror";

// What a host does to appointments, here and at Google, at random, so that a seed is a story.

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zones = ["Europe/Berlin", "America/New_York", "UTC"];
const words = ["Stand-up", "Hearing", "会議", "1:1 with Zoë", "Filing"];
const rules = [
  "FREQ=DAILY;COUNT=7",
  "FREQ=WEEKLY;COUNT=5",
  "FREQ=DAILY;INTERVAL=3;COUNT=6",
  "FREQ=MONTHLY;COUNT=3",
];
const ranges = ["this", "this", "following", "all"];

export function makeMirrorActs(mirror: GoogleMirror, dice: Dice, from: Date) {
  const { admin, viewer, calendarId, shown } = mirror;
  const title = () => `${dice.pick(words)} ${dice.int(1, 999)}`;
  const start = () => from.getTime() + dice.int(0, 30 * 24 * 4) * (hourMs / 4);
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  const iso = (instant: number) => new Date(instant).toISOString();
  const drawTime = (at: number) =>
    dice.chance(0.3)
      ? { kind: "allDay", startDay: day(at), endDay: day(at + dice.int(1, 3) * dayMs) }
      : { kind: "timed", startsAt: iso(at), endsAt: iso(at + dice.int(1, 8) * (hourMs / 2)) };

  async function pick() {
    const span = { from, to: new Date(from.getTime() + 60 * dayMs) };
    const items = await listOccurrences(viewer, span, "Europe/Berlin");
    return items.length > 0 ? dice.pick(items) : null;
  }
  async function create(): Promise<void> {
    const recurrence = dice.chance(0.6) ? { rule: dice.pick(rules) } : null;
    const input = {
      title: title(),
      description: title(),
      time: drawTime(start()),
      timeZone: dice.pick(zones),
      recurrence,
    };
    await createAppointment(viewer, input, new Date());
  }
  async function change(): Promise<void> {
    const item = await pick();
    if (!item) return;
    const { appointmentId, occurrenceKey: key, time } = item;
    const { revision } = await getAppointment(viewer, appointmentId);
    const occurrence = item.isRecurring ? { occurrence: { key, range: dice.pick(ranges) } } : {};
    const by = dice.int(1, 20) * hourMs;
    const later =
      time.kind === "allDay"
        ? {
            kind: "allDay",
            startDay: day(Date.parse(time.startDay) + dayMs),
            endDay: day(Date.parse(time.endDay) + dayMs),
          }
        : {
            kind: "timed",
            startsAt: iso(time.startsAt.getTime() + by),
            endsAt: iso(time.endsAt.getTime() + by),
          };
    const patch = dice.pick([
      { title: title() },
      { time: later },
      { title: title(), location: title(), time: later },
    ]);
    await changeAppointment(viewer, appointmentId, { revision, ...occurrence, ...patch }, new Date());
  }
  async function remove(): Promise<void> {
    const item = await pick();
    if (!item) return;
    const { appointmentId: id, occurrenceKey: key } = item;
    const { revision } = await getAppointment(viewer, id);
    const occurrence = item.isRecurring ? { occurrence: { key, range: dice.pick(ranges) } } : {};
    await removeAppointment(viewer, id, { revision, ...occurrence }, new Date());
  }

  /** One occurrence, or all of what it is one of. */
  function pickAtGoogle() {
    const some = shown().filter(({ extendedProperties }) => extendedProperties?.private?.calends);
    if (some.length === 0) return null;
    const { id, recurringEventId, ...event } = dice.pick(some);
    const eventId = recurringEventId && dice.chance(0.25) ? recurringEventId : id;
    return { ...event, which: { calendarId, eventId }, isWhole: eventId !== id || !recurringEventId };
  }
  function retitleAtGoogle(): void {
    const one = pickAtGoogle();
    if (one) admin.changeEvent({ ...one.which, event: { summary: title(), location: title() } });
  }
  function moveAtGoogle(): void {
    const one = pickAtGoogle();
    const at = start();
    if (!one) return;
    const isDay = one.start.date !== undefined;
    const time = (instant: number) =>
      isDay ? { date: day(instant) } : { dateTime: iso(instant), timeZone: "Europe/Berlin" };
    admin.moveEvent({ ...one.which, start: time(at), end: time(at + (isDay ? dayMs : hourMs)) });
  }
  function repeatAtGoogle(): void {
    const one = pickAtGoogle();
    if (one?.isWhole)
      admin.changeEvent({
        ...one.which,
        event: { recurrence: dice.chance(0.3) ? null : [`RRULE:${dice.pick(rules)}`] },
      });
  }
  function deleteAtGoogle(): void {
    const one = pickAtGoogle();
    if (one) admin.deleteEvent(one.which);
  }

  const acts = [create, create, create, change, change, change, change, remove];
  const clicks = [
    retitleAtGoogle,
    retitleAtGoogle,
    moveAtGoogle,
    moveAtGoogle,
    deleteAtGoogle,
    repeatAtGoogle,
  ];
  return async (): Promise<void> => {
    try {
      await dice.pick(dice.chance(0.5) ? acts : clicks)();
    } catch (error) {
      // What cannot be is refused, here and there.
      if (!(error instanceof AppError)) throw error;
    }
  };
}
