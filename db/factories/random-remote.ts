import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect } from "vitest";
import { database } from "@/db/client";
import { AppError } from "@/lib/errors";
import { makeFakeCalendar } from "./fake-calendar";

const place = fc.nat(1000);

/** What happens in the calendars themselves, and on the way there; numbers choose among what there is. */
export const remoteEvent = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("change" as const), calendar: place, event: place }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("move" as const), calendar: place, event: place }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("remove" as const), calendar: place, event: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("garble" as const), calendar: place, event: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("foreign" as const), calendar: place, event: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("expire" as const), calendar: place }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("fail" as const),
      calendar: place,
      operation: fc.constantFrom("put" as const, "delete" as const, "get" as const, "pull" as const),
      isLost: fc.boolean(),
    }),
  },
);

type Value<T> = T extends fc.Arbitrary<infer V> ? V : never;
export type RemoteEvent = Value<typeof remoteEvent>;

/** A calendar at its provider, with a record of what is not ours, and of what we wrote. */
export type Remote = Awaited<ReturnType<typeof makeRemote>>;

export async function makeRemote(hostId: string) {
  const { account, remoteId, calendar } = await makeFakeCalendar(hostId, { checksConflicts: false });
  const foreign = new Map<string, unknown>();
  /** UIDs of copies that somebody took away. */
  const removed = new Set<string>();
  const record = { writes: 0, needless: 0 };
  const write = account.write.bind(account);
  account.write = (id, event) => {
    const before = account.find(id, event.uid);
    if (event.draft && !event.isUnreadable) {
      record.writes += 1;
      const isSame = !before?.isUnreadable && isDeepStrictEqual(before?.draft, event.draft);
      if (isSame) record.needless += 1;
    }
    // As servers do that we name a new event for: one put back lies where it lay.
    return write(id, before || !event.draft ? event : { ...event, id: `named:${event.uid}` });
  };
  const events = () => account.events(remoteId);
  return { calendarId: calendar.id, account, remoteId, foreign, removed, record, events };
}

/** Ours, by their UIDs; each there once. */
export function copiesIn({ events, foreign }: Remote) {
  const copies = events().filter(({ uid }) => !foreign.has(uid));
  const uids = copies.map(({ uid }) => uid);
  expect(new Set(uids).size).toBe(uids.length);
  return copies;
}

export function expectForeignUntouched(remote: Remote): void {
  const left = remote.events().filter(({ uid }) => remote.foreign.has(uid));
  expect(new Map(left.map((event) => [event.uid, event]))).toEqual(remote.foreign);
}

const down = () => new AppError("unavailable", "The account is down.");
const halfHour = 1_800_000;

export function playRemote(remotes: Remote[], one: RemoteEvent, clock: number): void {
  const remote = remotes[one.calendar % remotes.length];
  if (!remote) return;
  const { account, remoteId, foreign } = remote;
  if (one.do === "expire") {
    account.expireCursors();
    return;
  }
  if (one.do === "fail") {
    const { operation, isLost } = one;
    if (isLost && (operation === "put" || operation === "delete")) account.loseNextAnswer(operation, down());
    else account.failNext(operation, down());
    return;
  }
  const at = new Date(clock);
  const time = { kind: "timed" as const, startsAt: at, endsAt: new Date(clock + halfHour) };
  if (one.do === "foreign") {
    const uid = `foreign-${one.event % 4}`;
    const occurrence = {
      key: "",
      title: `Own ${clock}`,
      time,
      status: "confirmed",
      transparency: "opaque",
    } as const;
    foreign.set(uid, account.save(remoteId, { uid, occurrences: [occurrence] }));
    return;
  }
  const copies = copiesIn(remote);
  const copy = copies[one.event % Math.max(copies.length, 1)];
  if (!copy) return;
  if (one.do === "change") account.edit(remoteId, copy.uid, { title: `Changed there ${clock}` });
  else if (one.do === "move") account.edit(remoteId, copy.uid, { time });
  else if (one.do === "garble") account.garble(remoteId, copy.uid);
  else {
    account.remove(remoteId, copy.uid);
    remote.removed.add(copy.uid);
  }
}

/** What nobody understands stays as it is; so somebody puts it right. */
export function makeReadable({ account, remoteId, foreign, events }: Remote): void {
  for (const event of events().filter(({ isUnreadable }) => isUnreadable)) {
    const written = account.write(remoteId, { ...event, draft: null, isUnreadable: false });
    if (foreign.has(event.uid)) foreign.set(event.uid, written);
  }
}

/** How often a copy that was to go came to be wanted again: what lies there is written once more then, to be certain. */
export async function countReturns() {
  await database().execute(sql`create table returned (calendar_id uuid)`);
  await database().execute(sql`
    create function note_return() returns trigger language plpgsql as $$
    begin
      insert into returned values (new.calendar_id);
      return null;
    end $$`);
  await database().execute(sql`
    create trigger returned after update on appointment_targets for each row
    when (old.removed_at is not null and new.removed_at is null) execute function note_return()`);
  return async ({ calendarId }: Remote) => {
    const rows = await database().execute(sql`select from returned where calendar_id = ${calendarId}`);
    return rows.length;
  };
}

/** From that many writes on, every further one of the workers fails, as if the process had died there. */
export async function makeCrashSwitch() {
  await database().execute(sql`create table crash (writes_left integer not null)`);
  await database().execute(sql`
    create function crash() returns trigger language plpgsql as $$
    begin
      update crash set writes_left = writes_left - 1;
      if exists (select from crash where writes_left < 0) then raise exception 'crashed'; end if;
      return coalesce(new, old);
    end $$`);
  for (const table of ["calendars", "appointment_targets", "synced_events", "sync_logs"])
    await database().execute(sql`
      create trigger crash before insert or update or delete on ${sql.identifier(table)}
      for each row execute function crash()`);
  const off = () => database().execute(sql`delete from crash`);
  return async (writes: number, work: () => Promise<unknown>) => {
    await database().execute(sql`insert into crash values (${writes})`);
    await work().finally(off);
  };
}
