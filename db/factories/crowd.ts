import { randomUUID } from "node:crypto";
import { viewerOf } from "@/lib/auth/viewer";
import type { Dice } from "@/lib/availability/oracle/dice";
import { acceptBooking, declineByHost } from "@/lib/booking/answer";
import { cancelBooking, cancelByVisitor } from "@/lib/booking/cancel";
import { checkBooking } from "@/lib/booking/check";
import { settleUnread } from "@/lib/booking/confirm";
import { moveBooking, moveByVisitor } from "@/lib/booking/move";
import { requestBooking } from "@/lib/booking/request";
import { readBookingToken } from "@/lib/booking/token";
import { AppError } from "@/lib/errors";
import { pullCalendar } from "@/lib/sync/pull";
import { everyDay, makeBookingPage } from "./booking-page";
import { makeFakeCalendar } from "./fake-calendar";

// Many visitors and their hosts at once, for the property that nothing crosses (lib/booking/crowd.db.test.ts). What each does is
// drawn beforehand, so that a seed is a crowd; how it interleaves is up to the machine.

const opens = Date.UTC(2026, 0, 5, 9);
const hourMs = 3_600_000;
const days = 10;
let ticks = Date.UTC(2026, 0, 1);
/** Never the same twice, and never near the bookings. */
export const tick = () => new Date(ticks++);

export type Host = Awaited<ReturnType<typeof makeBusyHost>>;

/** Three event types that overlap with different buffers, one of which wants approval, and a calendar. */
export async function makeBusyHost() {
  const page = await makeBookingPage({
    hours: everyDay("09:00", "17:00"),
    eventType: { slotIntervalMinutes: 15, bufferBeforeMinutes: 10, bufferAfterMinutes: 5, dailyLimit: 5 },
  });
  const types = [
    page.eventType,
    await page.makeEventType({ durationMinutes: 60, otherDurations: [20], slotIntervalMinutes: 20 }),
    await page.makeEventType({ requiresApproval: true, slotIntervalMinutes: 15, bufferBeforeMinutes: 15 }),
  ];
  const fake = await makeFakeCalendar(page.hostId, { isDestination: true });
  await pullCalendar(fake.calendar.id, tick());
  return { ...page, ...fake, types, viewer: viewerOf({ id: page.hostId, role: "host" }) };
}

type Deed = "check" | "cancel" | "move" | "accept" | "decline" | "hostCancel" | "hostMove";
type Act = { deed: Deed; start: Date };
export type Visitor = { host: Host; eventType: string; start: Date; acts: Act[][] };

const deeds: Deed[] = [
  ...(["check", "accept", "accept", "decline", "cancel", "hostCancel"] as const),
  ...(["move", "move", "move", "hostMove", "hostMove"] as const),
];

/** Who wants which of few times, and what happens to the booking then; the acts of a group side by side. */
export function drawVisitor(dice: Dice, hosts: Host[]): Visitor {
  const host = dice.pick(hosts);
  const start = () => new Date(opens + dice.int(0, days - 1) * 24 * hourMs + dice.int(0, 31) * (hourMs / 4));
  const act = (): Act => ({ deed: dice.pick(deeds), start: start() });
  const check: Act = { deed: "check", start: start() };
  return {
    host,
    eventType: dice.pick(host.types).slug,
    start: start(),
    acts: [
      dice.chance(0.8) ? [check] : [],
      ...dice.times(0, 3, () => [dice.times(1, 3, act), dice.chance(0.7) ? [check, check] : []]).flat(),
    ],
  };
}

/** Something the host does in their own calendar. */
export function addEvent({ account, remoteId }: Host, dice: Dice): void {
  const startsAt = new Date(opens + dice.int(0, days - 1) * 24 * hourMs + dice.int(0, 95) * (hourMs / 12));
  const time = { kind: "timed", startsAt, endsAt: new Date(startsAt.getTime() + hourMs / 4) } as const;
  const occurrence = { key: "", title: "Own", time, status: "confirmed", transparency: "opaque" } as const;
  account.save(remoteId, { uid: randomUUID(), occurrences: [occurrence] });
}

/** What became of a visitor's wish; `starts` are all the times they or the host asked for and were not refused at once. */
export type Visited = { id: string; starts: Date[]; isCancelled: boolean };

/** Null when the time was taken. */
export async function visit({ host, eventType, start, acts }: Visitor): Promise<Visited | null> {
  const form = { host: host.handle, eventType, start: start.toISOString(), idempotencyKey: randomUUID() };
  const visitor = { name: "Vera Visitor", email: "vera@example.test", timeZone: "UTC" };
  const booked = await expectedly(requestBooking({ ...form, ...visitor }, tick()));
  if (!booked) return null;
  const id = readBookingToken(booked.token) ?? "";
  const visited = { id, starts: [start], isCancelled: false };
  for (const group of acts) {
    await Promise.all(group.map((act) => perform(act, { host, token: booked.token, visited })));
  }
  return visited;
}

type Scene = { host: Host; token: string; visited: Visited };

async function perform({ deed, start }: Act, { host, token, visited }: Scene): Promise<void> {
  const { viewer } = host;
  const { id } = visited;
  const to = { start: start.toISOString() };
  if (deed === "check") return check(id);
  if (deed === "accept") return void (await expectedly(acceptBooking(viewer, id, tick())));
  if (deed === "decline") return void (await expectedly(declineByHost(viewer, id, {}, tick())));
  if (deed === "move" || deed === "hostMove") {
    const asked = deed === "move" ? moveByVisitor(token, to, tick()) : moveBooking(viewer, id, to, tick());
    if ((await expectedly(asked.then(() => true))) === true) visited.starts.push(start);
    return;
  }
  const off = deed === "cancel" ? cancelByVisitor(token, {}, tick()) : cancelBooking(viewer, id, {}, tick());
  if ((await expectedly(off.then(() => true))) === true) visited.isCancelled = true;
}

/** As the confirm run does it: again a few times, then as the host chose. */
export async function check(bookingId: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    if ((await expectedly(checkBooking(bookingId, tick()))) !== null) return;
  }
  await settleUnread(bookingId, tick());
}

/** Null for what people are told in such a crowd; anything else is a fault. */
async function expectedly<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && ["conflict", "unavailable"].includes(error.code)) return null;
    throw error;
  }
}
