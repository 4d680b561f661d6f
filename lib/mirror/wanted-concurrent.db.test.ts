import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { againAfterDeadlock, sqlStateOf } from "@/db/errors";
import { makeAppointment } from "@/db/factories/appointments";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeProject } from "@/db/factories/projects";
import { makeHost } from "@/db/factories/users";
import { appointmentTargets, calendarBindings } from "@/db/schema";
import { removeBinding } from "@/lib/bindings/remove";
import { AppError } from "@/lib/errors";
import { markDiverged } from "@/lib/sync/diverged";
import { lockCalendar } from "@/lib/sync/lock";
import { aimCalendar } from "./calendar-state";
import { putOffCalendar } from "./put-off";
import { letGo, takeDue } from "./take";

test("a binding that is deleted waits for what is being saved, not the other way round, too", async () => {
  const { user } = await makeHost();
  const { id: calendarId } = await makeCalendar(user.id);
  const [binding] = await database()
    .insert(calendarBindings)
    .values({ hostId: user.id, calendarId, scope: "all_visible" })
    .returning();
  const { id } = await makeAppointment({ ownerId: user.id });
  let deletion: Promise<unknown> = Promise.resolve();
  await database().transaction(async (tx) => {
    await tx.execute(sql`update appointments set title = 'Saved' where id = ${id}`);
    deletion = inOrder(sql`delete from calendar_bindings where id = ${binding?.id ?? ""}`);
    await waitUntilBlocked("delete from calendar_bindings%");
    await tx.execute(newAppointment(user.id, null));
  });
  await deletion;
  await database().execute(sql`select aim_targets(${calendarId}, null)`);
  expect(await database().execute(sql`select from appointment_targets where owner_id = ${user.id}`)).toEqual(
    [],
  );
});

describe("while its copies are let go one by one", () => {
  test.each([
    ["a binding that is deleted", sql`delete from calendar_bindings where host_id = `],
    ["a calendar that is disconnected", sql`delete from calendars where host_id = `],
  ])("%s and what is saved do not wait for each other", async (_name, deletion) => {
    const { user } = await makeHost();
    const { id: calendarId } = await makeCalendar(user.id);
    await database().insert(calendarBindings).values({ hostId: user.id, calendarId, scope: "all_visible" });
    const first = await makeAppointment({ ownerId: user.id });
    const second = await makeAppointment({ ownerId: user.id });
    const [known, saves] = [
      sql`${deletion}${user.id}`,
      sql`update appointments set title = 'Saved' where id = `,
    ];
    let all: Promise<unknown>[] = [];
    await database().transaction(async (tx) => {
      await tx.execute(sql`select from appointment_targets where appointment_id = ${first.id} for update`);
      all = [inOrder(known)];
      await waitUntilBlocked("delete from calendar%");
      all.push(inOrder(sql`${saves}${second.id}`), inOrder(newAppointment(user.id, null)));
      await waitUntilBlocked("update appointments%");
      await waitUntilBlocked("%insert into appointments%");
    });
    expect(await Promise.allSettled(all)).not.toContainEqual(expect.objectContaining({ status: "rejected" }));
  });
});

describe("who changes many copies in an order of their own does not wait in a circle", () => {
  const makeTwo = async () => {
    const { user, viewer } = await makeHost();
    const { id: calendarId } = await makeCalendar(user.id);
    const [binding] = await database()
      .insert(calendarBindings)
      .values({ hostId: user.id, calendarId, scope: "all_visible" })
      .returning();
    for (let n = 0; n < 2; n += 1) await makeAppointment({ ownerId: user.id });
    return { viewer, calendarId, bindingId: binding?.id ?? "" };
  };
  const lastBeforeFirst = async (
    calendarId: string,
    { blocks }: { blocks: string },
    deed: () => Promise<unknown>,
  ) => {
    let done: Promise<unknown> = Promise.resolve();
    await database().transaction(async (tx) => {
      await lockCalendar(tx, calendarId);
      const nth = (order: SQL) => sql`
        select from appointment_targets where ctid = (
          select ctid from appointment_targets where calendar_id = ${calendarId} order by ctid ${order} limit 1)
        for update`;
      await tx.execute(nth(sql`desc`));
      done = deed();
      await waitUntilBlocked(blocks);
      await tx.execute(nth(sql`asc`));
    });
    await done;
  };

  test("with a push that lets go of them", async () => {
    const { calendarId } = await makeTwo();
    const now = new Date("2026-01-01T00:00:00Z");
    const taken = await takeDue(calendarId, now, 2);
    await lastBeforeFirst(calendarId, { blocks: "%update appointment_targets set taken_until = null%" }, () =>
      letGo(taken, now),
    );
    expect(
      await database().$count(appointmentTargets, sql`calendar_id = ${calendarId} and taken_until is null`),
    ).toBe(2);
  });

  test("with a binding that is removed", async () => {
    const { viewer, calendarId, bindingId } = await makeTwo();
    await lastBeforeFirst(calendarId, { blocks: "%" }, () => removeBinding(viewer, bindingId));
    expect(await database().$count(calendarBindings, sql`calendar_id = ${calendarId}`)).toBe(0);
  });
});

// Requests begin anew after a circle, and runs are tried again; none of them may be ended time and again.
test("many who save, move, share and bind at once all get it done", async () => {
  const hosts = await Promise.all([1, 2, 3].map(() => makeHost()));
  const ids = hosts.map(({ user }) => user.id);
  const [first = "", second = ""] = ids;
  const calendarIds: string[] = [];
  for (const id of ids) {
    for (let n = 0; n < 2; n += 1) calendarIds.push((await makeCalendar(id)).id);
    await database().execute(sql`
      insert into calendar_bindings (host_id, calendar_id, scope)
      select host_id, id, 'all_visible' from calendars where host_id = ${id}`);
  }
  const members = { [first]: "manager", [second]: "editor" } as const;
  const client = await makeProject({ kind: "client" }, members);
  const other = await makeProject({ kind: "client" }, members);
  const cases = await Promise.all([1, 2, 3].map(() => makeProject({ parentId: client })));
  for (const projectId of cases) for (const ownerId of ids) await makeAppointment({ ownerId, projectId });
  const own = sql`owner_id = any(${sql.param(`{${ids}}`)}::uuid[])`;
  const draw = <T>(all: T[]): T => all[Math.floor(Math.random() * all.length)] ?? expect.fail();
  const any = (table: SQL, where: SQL) =>
    sql`(select id from ${table} where ${where} order by random() limit 1)`;
  const doings: (() => SQL)[] = [
    () => sql`update appointments set title = ${randomUUID()} where id = ${any(sql`appointments`, own)}`,
    () => sql`update appointments set project_id = ${draw(cases)} where id = ${any(sql`appointments`, own)}`,
    () => sql`delete from appointments where id = ${any(sql`appointments`, own)}`,
    () => newAppointment(draw(ids), draw(cases)),
    () => newAppointment(draw(ids), null),
    () => sql`update projects set parent_id = ${draw([client, other])} where id = ${draw(cases)}`,
    () =>
      sql`insert into project_members values (${draw(cases)}, ${draw(ids)}, 'viewer') on conflict do nothing`,
    () => sql`delete from project_members where project_id = ${draw(cases)} and user_id = ${draw(ids)}`,
    () => sql`
      update calendar_bindings set is_enabled = not is_enabled
      where id = ${any(sql`calendar_bindings`, sql`calendar_id = ${draw(calendarIds)}`)}`,
    () => sql`
      insert into calendar_bindings (host_id, calendar_id, scope)
      select host_id, id, 'personal_only' from calendars where id = ${draw(calendarIds)} on conflict do nothing`,
    () => sql`
      delete from calendar_bindings
      where id = ${any(sql`calendar_bindings`, sql`calendar_id = ${draw(calendarIds)} and scope = 'personal_only'`)}`,
  ];
  const workers: (() => Promise<unknown>)[] = [
    () => aimCalendar(draw(calendarIds)),
    () => takeAndLetGo(draw(calendarIds)),
    () => putOffCalendar(draw(calendarIds), new AppError("unavailable", "The server is away."), new Date()),
    () => loseAll(draw(calendarIds)),
  ];
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const states: (string | undefined)[] = [];
      for (let n = 0; n < 40; n += 1)
        states.push(
          await againAfterDeadlock(n % 4 === 0 ? draw(workers) : () => inOrder(draw(doings)())).then(
            () => "done",
            sqlStateOf,
          ),
        );
      return states;
    }),
  );
  const all = outcomes.flat();
  expect(all.filter((state) => state !== "done")).toEqual([]);
  for (const id of calendarIds) await database().execute(sql`select aim_targets(${id}, null)`);
  const [left] = await database().execute(sql`
    select count(*)::int as "isWrong" from unnest(${sql.param(`{${calendarIds}}`)}::uuid[]) c(id)
    where (select coalesce(array_agg(w.appointment_id order by w.appointment_id), '{}') from wanted_targets(c.id, null) w)
      <> (select coalesce(array_agg(t.appointment_id order by t.appointment_id), '{}') from appointment_targets t
        where t.calendar_id = c.id and t.removed_at is null)`);
  expect(left).toEqual({ isWrong: 0 });
}, 60_000);

async function takeAndLetGo(calendarId: string): Promise<void> {
  const now = new Date();
  await letGo(await takeDue(calendarId, now, 20), now);
}

/** A reading says that the calendar is empty. */
function loseAll(calendarId: string): Promise<void> {
  return database().transaction(async (tx) => {
    await lockCalendar(tx, calendarId);
    await tx.execute(sql`
      update appointment_targets set remote_id = coalesce(remote_id, id::text)
      where id = (select id from appointment_targets where calendar_id = ${calendarId} limit 1)`);
    const remote = await tx.execute<{ id: string }>(
      sql`select remote_id as id from appointment_targets where calendar_id = ${calendarId} and remote_id is not null`,
    );
    const deletedIds = remote.map(({ id }) => id);
    const begunAt = new Date();
    await markDiverged(tx, calendarId, {
      changed: [],
      deletedIds,
      existingIds: null,
      begunAt,
      windowEnd: null,
    });
  });
}

/** As the verbs do it: who changes the tree, or who sees it, stands in line first. */
function inOrder(statement: SQL): Promise<unknown> {
  return database().transaction(async (tx) => {
    if (/projects set|project_members/.test(JSON.stringify(statement)))
      await tx.execute(sql`select lock_projects()`);
    await tx.execute(statement);
  });
}

const newAppointment = (ownerId: string, projectId: string | null) => sql`
  insert into appointments (owner_id, project_id, uid, title, starts_at, ends_at, time_zone)
  values (${ownerId}, ${projectId}, ${`${randomUUID()}@calends`}, 'New', '2027-01-04', '2027-01-05', 'UTC')`;

/** Somebody with such a statement waits for another. */
async function waitUntilBlocked(statement: string): Promise<void> {
  const waiting = sql`
    select from pg_stat_activity where wait_event_type = 'Lock' and query like ${statement}
      and datname = current_database()`;
  while ((await database().execute(waiting)).length === 0);
}
