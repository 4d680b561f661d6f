import { dateOf, instantOf, localOf } from "./clock";
import type { Dice } from "./dice";
import { randomPlace } from "./random-place";
import { randomZone, type Stage } from "./stage";
import type { World } from "./world";

type Appointment = World["appointments"][number];

/** Once or again and again, timed or days, personal or on a project, and some of a colleague's. */
export function randomAppointments(dice: Dice, stage: Stage): Appointment[] {
  return dice.times(0, dice.pick([0, 1, 3, 5]), () => randomAppointment(dice, stage));
}

function randomAppointment(dice: Dice, stage: Stage): Appointment {
  const zone = dice.chance(0.6) ? stage.timeZone : randomZone(dice);
  const isForeign = dice.chance(0.15);
  const place = isForeign ? "seen" : dice.pick(["personal", "personal", "seen", "unseen"] as const);
  const repeats = dice.chance(0.5) ? randomRepeats(dice) : null;
  const isAllDay = dice.chance(0.3);
  // In a zone that skips a day, that day is refused, and two occurrences of a series may be one.
  const timeZone = zone === "Pacific/Apia" && (isAllDay || repeats) ? "UTC" : zone;
  const common = { id: dice.uuid(), bookingId: null, timeZone, isForeign, place } as const;
  const back = repeats ? repeats.everyDays * (dice.chance(0.4) ? 0 : dice.int(0, 12)) : 0;
  if (isAllDay) {
    const first = dateOf(stage.around, stage.timeZone).add({ days: dice.int(-4, 4) - back });
    const [startDay, endDay] = [first, first.add({ days: dice.pick([1, 1, 1, 3]) })].map(String);
    if (!startDay || !endDay) throw new Error("There are two days.");
    // The database sees to the instants of days.
    const [startsAt, endsAt] = [new Date(startDay), new Date(endDay)];
    return { ...common, startsAt, endsAt, startDay, endDay, repeats };
  }
  const { startsAt, endsAt } = randomPlace(dice, stage, 3);
  if (!repeats) return { ...common, startsAt, endsAt, repeats };
  // What repeats begins where its rule has it: the first of two equal hours.
  const start = instantOf(localOf(startsAt.getTime(), timeZone).subtract({ days: back }), timeZone);
  const first = instantOf(localOf(start, timeZone), timeZone);
  return {
    ...common,
    startsAt: new Date(first),
    endsAt: new Date(first + endsAt.getTime() - startsAt.getTime()),
    repeats,
  };
}

/** The places that a change is near are some of the first twenty. */
function randomRepeats(dice: Dice): NonNullable<Appointment["repeats"]> {
  const some = () => dice.times(0, 2, () => (dice.chance(0.3) ? 0 : dice.int(0, 15)));
  return {
    everyDays: dice.pick([1, 1, 2, 3, 7, 7, 14]),
    count: dice.chance(0.5) ? null : dice.int(1, 25),
    off: some(),
    moved: Object.fromEntries(some().map((n) => [n, dice.int(-3, 3)])),
  };
}
