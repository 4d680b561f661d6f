import type { World } from "./world";

const lists = [
  "rules",
  "overrides",
  "blockedTimes",
  "bookings",
  "appointments",
  "calendars",
  "targets",
  "events",
  "localChanges",
] as const;

/** The same world with one row less, or one setting less, for as many rows and settings as there are. */
export function smallerWorlds(world: World): World[] {
  const fewerRows = lists.flatMap((list) =>
    (world[list] ?? []).map((_, at, rows: unknown[]) =>
      withoutOrphans({ ...world, [list]: rows.filter((_, n) => n !== at) }),
    ),
  );
  const { eventType, question, schedule } = world;
  const plain = {
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    minimumNoticeMinutes: 0,
    dailyLimit: null,
    weeklyLimit: null,
    dailyMinutesLimit: null,
  };
  const fewerSettings = (Object.keys(plain) as (keyof typeof plain)[])
    .filter((key) => eventType[key] !== plain[key])
    .map((key) => ({ ...world, eventType: { ...eventType, [key]: plain[key] } }));
  const from = question.from.getTime();
  const half = Math.floor((question.to.getTime() - from) / 120_000) * 60_000;
  const middle = new Date(from + half);
  const halves =
    half > 0
      ? [
          { ...question, to: middle },
          { ...question, from: middle },
        ]
      : [];
  const simpler = world.appointments.flatMap((one, at) => {
    const withOne = (other: typeof one) => ({
      ...world,
      appointments: world.appointments.map((each, n) => (n === at ? other : each)),
    });
    const { repeats } = one;
    return [
      ...(one.place && one.place !== "personal" && !one.isForeign
        ? [withOne({ ...one, place: "personal" })]
        : []),
      ...(repeats?.off.length ? [withOne({ ...one, repeats: { ...repeats, off: [] } })] : []),
      ...(repeats && Object.keys(repeats.moved).length
        ? [withOne({ ...one, repeats: { ...repeats, moved: {} } })]
        : []),
    ];
  });
  return [
    ...fewerRows,
    ...simpler,
    ...fewerSettings,
    ...halves.map((half) => ({ ...world, question: half })),
    ...(question.except ? [{ ...world, question: { ...question, except: null } }] : []),
    ...(schedule.timeZone
      ? [
          {
            ...world,
            schedule: { ...schedule, timeZone: null },
            host: { ...world.host, timeZone: schedule.timeZone },
          },
        ]
      : []),
  ];
}

function withoutOrphans(world: World): World {
  const has = (rows: { id: string }[], id: string | null) => rows.some((row) => row.id === id);
  const appointments = world.appointments.filter(
    ({ bookingId }) => bookingId === null || has(world.bookings, bookingId),
  );
  return {
    ...world,
    appointments,
    targets: world.targets.filter(
      ({ appointmentId, calendarId }) => has(appointments, appointmentId) && has(world.calendars, calendarId),
    ),
    events: world.events.filter(({ calendarId }) => has(world.calendars, calendarId)),
    localChanges: world.localChanges?.filter(({ calendarId }) => has(world.calendars, calendarId)) ?? [],
  };
}
