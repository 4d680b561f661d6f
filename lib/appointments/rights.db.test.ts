import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { asUser, database, type Transaction } from "@/db/client";
import { sqlStateOf } from "@/db/errors";
import { makeAppointment } from "@/db/factories/appointments";
import { makeProject } from "@/db/factories/projects";
import { makeHost } from "@/db/factories/users";
import { appointmentOccurrences, appointments } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { changeAppointment } from "./change";
import { createAppointment } from "./create";
import { getAppointment } from "./get";
import { listOccurrences } from "./list";
import { removeAppointment } from "./remove";

const now = new Date("2027-01-01T08:00:00Z");
const time = { kind: "timed", startsAt: "2027-01-04T09:00:00Z", endsAt: "2027-01-04T10:00:00Z" };
const wish = { title: "Hearing", time, timeZone: "Europe/Berlin" };
const january = { from: new Date("2027-01-01T00:00:00Z"), to: new Date("2027-02-01T00:00:00Z") };

type Host = Awaited<ReturnType<typeof makeHost>>;
let [ada, ben, cleo, dan]: Host[] = [];
let [client, matter, archived, elsewhere] = ["", "", "", ""];

/** Ada manages the client, Ben edits and Cleo views the case below it; Dan is nobody there. */
beforeAll(async () => {
  [ada, ben, cleo, dan] = await Promise.all(["Ada", "Ben", "Cleo", "Dan"].map((name) => makeHost({ name })));
  client = await makeProject({ kind: "client" }, { [of(ada).user.id]: "manager" });
  const suit = await makeProject({ kind: "litigation", parentId: client });
  const members = { [of(ben).user.id]: "editor", [of(cleo).user.id]: "viewer" } as const;
  matter = await makeProject({ kind: "case", parentId: suit }, members);
  elsewhere = await makeProject({}, { [of(ada).user.id]: "viewer" });
  archived = await makeProject({ archivedAt: now }, { [of(ada).user.id]: "manager" });
});

function of(host: Host | undefined): Host {
  if (!host) throw new Error("There is no such host.");
  return host;
}

const onCase = async () => (await makeAppointment({ ownerId: of(ada).user.id, projectId: matter })).id;
const seenBy = async ({ viewer }: Host) =>
  (await listOccurrences(viewer, january, "UTC")).map(({ appointmentId }) => appointmentId);

describe("through the verbs", () => {
  test("members see what lies on their project, and nobody else does", async () => {
    const id = await onCase();
    for (const host of [ada, ben, cleo].map(of)) expect(await seenBy(host)).toContain(id);
    expect(await seenBy(of(dan))).not.toContain(id);
    await expect(getAppointment(of(dan).viewer, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await getAppointment(of(cleo).viewer, id)).toMatchObject({ isEditable: false, isMine: false });
    expect(await getAppointment(of(ben).viewer, id)).toMatchObject({
      ...{ isEditable: true, isMine: false, ownerId: of(ada).user.id },
      project: { id: matter, kind: "case" },
    });
  });

  test("what is personal is its owner's alone, also before those who manage everything", async () => {
    const { id } = await makeAppointment({ ownerId: of(cleo).user.id });
    expect(await seenBy(of(cleo))).toContain(id);
    for (const host of [ada, ben, dan].map(of)) {
      expect(await seenBy(host)).not.toContain(id);
      await expect(
        changeAppointment(host.viewer, id, { revision: 1, title: "Mine" }, now),
      ).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });

  test("editors change and delete it, viewers are told that they may not", async () => {
    const id = await onCase();
    const forbidden = { code: "forbidden" };
    await expect(
      changeAppointment(of(cleo).viewer, id, { revision: 1, title: "X" }, now),
    ).rejects.toMatchObject(forbidden);
    await expect(removeAppointment(of(cleo).viewer, id, { revision: 1 }, now)).rejects.toMatchObject(
      forbidden,
    );
    expect(await changeAppointment(of(ben).viewer, id, { revision: 1, title: "X" }, now)).toMatchObject({
      ...{ title: "X", ownerId: of(ada).user.id },
    });
    await removeAppointment(of(ben).viewer, id, { revision: 2 }, now);
    expect(await seenBy(of(ada))).not.toContain(id);
  });

  test("where it may lie is refused by name", async () => {
    const refusals: [Host | undefined, string, string][] = [
      [ada, elsewhere, "forbidden"],
      [ada, archived, "conflict"],
      [cleo, matter, "forbidden"],
      [dan, matter, "not_found"],
      [ben, client, "not_found"],
    ];
    const id = await onCase();
    for (const [host, projectId, code] of refusals) {
      const refused = { code, field: "projectId" };
      await expect(createAppointment(of(host).viewer, { ...wish, projectId }, now)).rejects.toMatchObject(
        refused,
      );
    }
    for (const [projectId, code] of [
      [elsewhere, "forbidden"],
      [archived, "conflict"],
    ])
      await expect(
        changeAppointment(of(ada).viewer, id, { revision: 1, projectId }, now),
      ).rejects.toMatchObject({ code, field: "projectId" });
  });

  test("only its owner makes it personal", async () => {
    const id = await onCase();
    const change = { revision: 1, projectId: null };
    await expect(changeAppointment(of(ben).viewer, id, change, now)).rejects.toMatchObject({
      ...{ code: "forbidden", field: "projectId" },
    });
    expect(await changeAppointment(of(ada).viewer, id, change, now)).toMatchObject({
      project: null,
      revision: 2,
    });
    expect(await seenBy(of(ben))).not.toContain(id);
  });

  test("in an archived project it stays as it is", async () => {
    const { id } = await makeAppointment({ ownerId: of(ada).user.id, projectId: archived });
    expect(await getAppointment(of(ada).viewer, id)).toMatchObject({ isEditable: false });
    await expect(
      changeAppointment(of(ada).viewer, id, { revision: 1, title: "X" }, now),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("a series that an editor splits stays its owner's, and takes the owner's time", async () => {
    const { id } = await createAppointment(
      of(ada).viewer,
      { ...wish, projectId: matter, recurrence: { rule: "FREQ=DAILY;COUNT=4" } },
      now,
    );
    const occurrence = { key: "2027-01-06T09:00:00.000Z", range: "following" };
    const later = await changeAppointment(
      of(ben).viewer,
      id,
      { revision: 1, title: "Late", occurrence },
      now,
    );
    expect(later).toMatchObject({ title: "Late", ownerId: of(ada).user.id, revision: 1 });
    expect(later.id).not.toBe(id);
    const rows = await database()
      .select()
      .from(appointmentOccurrences)
      .where(eq(appointmentOccurrences.ownerId, of(ada).user.id));
    expect(rows.filter(({ appointmentId }) => [id, later.id].includes(appointmentId))).toHaveLength(4);
  });
});

describe("in the database, whatever code asks", () => {
  const outcome = (viewer: Viewer, work: (tx: Transaction) => Promise<unknown>) =>
    asUser(viewer.userId, work).then(
      (rows) => (Array.isArray(rows) ? rows.length : "done"),
      (error) => sqlStateOf(error),
    );
  const denied = "42501";

  test("nobody changes or deletes what they may not", async () => {
    const id = await onCase();
    const { id: personal } = await makeAppointment({ ownerId: of(ada).user.id });
    const { id: put } = await makeAppointment({ ownerId: of(ada).user.id, projectId: archived });
    const cases: [Host | undefined, string, number][] = [
      [cleo, id, 0],
      [dan, id, 0],
      [ben, personal, 0],
      [ada, put, 0],
      [ben, id, 1],
    ];
    for (const [host, which, count] of cases) {
      const where = sql`where id = ${which} returning id`;
      expect(
        await outcome(of(host).viewer, (tx) => tx.execute(sql`update appointments set title = 'X' ${where}`)),
      ).toBe(count);
      expect(await outcome(of(host).viewer, (tx) => tx.execute(sql`delete from appointments ${where}`))).toBe(
        count,
      );
    }
  });

  test("nobody adds for somebody else, or where they may not, or takes what is theirs to show into their own", async () => {
    const insert = (owner: Host, projectId: string | null) => (tx: Transaction) =>
      tx.execute(sql`insert into appointments (owner_id, project_id, uid, title, starts_at, ends_at, time_zone)
        values (${owner.user.id}, ${projectId}, gen_random_uuid(), 'X', now(), now() + interval '1 hour', 'UTC')
        returning id`);
    expect(await outcome(of(ben).viewer, insert(of(ben), matter))).toBe(1);
    expect(await outcome(of(ben).viewer, insert(of(ada), matter))).toBe(denied);
    expect(await outcome(of(cleo).viewer, insert(of(cleo), matter))).toBe(denied);
    expect(await outcome(of(ada).viewer, insert(of(ada), archived))).toBe(denied);
    expect(await outcome(of(dan).viewer, insert(of(dan), null))).toBe(1);

    const id = await onCase();
    const steal = (tx: Transaction) =>
      tx.execute(sql`update appointments set project_id = null where id = ${id} returning id`);
    expect(await outcome(of(ben).viewer, steal)).toBe(denied);
    const give = (tx: Transaction) =>
      tx.execute(sql`update appointments set owner_id = ${of(ben).user.id} where id = ${id} returning id`);
    expect(await outcome(of(ben).viewer, give)).toBe(denied);
  });

  test("what availability reads is written by nobody but us, and seen with its appointment", async () => {
    const { id } = await createAppointment(
      of(ada).viewer,
      { ...wish, projectId: matter, recurrence: { rule: "FREQ=DAILY;COUNT=2" } },
      now,
    );
    const rows = (tx: Transaction) =>
      tx.select().from(appointmentOccurrences).where(eq(appointmentOccurrences.appointmentId, id));
    expect(await outcome(of(cleo).viewer, rows)).toBe(2);
    expect(await outcome(of(dan).viewer, rows)).toBe(0);
    const remove = (tx: Transaction) =>
      tx.execute(sql`delete from appointment_occurrences where appointment_id = ${id}`);
    expect(await outcome(of(ada).viewer, remove)).toBe(denied);
    expect(await database().$count(appointments, eq(appointments.id, id))).toBe(1);
  });
});
