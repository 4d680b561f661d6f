import { randomUUID } from "node:crypto";
import { and, eq, type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { asUser, database, type Transaction } from "@/db/client";
import { sqlStateOf } from "@/db/errors";
import { makeProject } from "@/db/factories/projects";
import { makeHost } from "@/db/factories/users";
import { projectMembers, projects } from "@/db/schema";
import { listProjects } from "./list";
import { isSound, type Membership, roleOf, type World } from "./oracle";
import { change, grow } from "./random-trees";
import { isAtLeast, projectRoles } from "./schema";

const insufficientPrivilege = "42501";
const color = "#3d7cdb";
const hosts = await Promise.all([1, 2, 3].map(() => makeHost()));
const stranger = await makeHost();

const worlds = fc.array(change, { minLength: 12, maxLength: 60 }).map(grow);
const memberships = fc.array(
  fc.record({
    node: fc.nat(1000),
    host: fc.nat(hosts.length - 1),
    role: fc.constantFrom(...projectRoles),
  }),
  { minLength: 1, maxLength: 6 },
);

test("everybody sees and does what the oracle says, in the tree and by SQL", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, memberships, fc.nat(1000), async (world, drawn, elsewhere) => {
      fc.pre(world.size > 0);
      const ids = [...world.keys()];
      const members = distinct(
        drawn.map(({ node, host, role }) => ({
          projectId: ids[node % ids.length] ?? "",
          userId: hosts[host]?.user.id ?? "",
          role,
        })),
      );
      await keep(world, members);
      const target = ids[elsewhere % ids.length] ?? "";
      for (const { user, viewer } of [...hosts, stranger]) {
        const role = (id: string) => roleOf(world, members, user.id, id);
        const seen = ids.filter(role);
        const listed = (await listProjects(viewer)).filter(({ id }) => world.has(id));
        expect(listed.map(({ id, parentId, role }) => [id, parentId, role]).toSorted()).toEqual(
          seen.map((id) => [id, parentSeen(world, seen, id), role(id)]).toSorted(),
        );
        for (const id of ids) await tryEverything({ world, members, userId: user.id, id, target });
      }
    }),
    { numRuns: 20 },
  );
}, 180_000);

type Attempt = { world: World; members: Membership[]; userId: string; id: string; target: string };

/** One statement each, in a transaction of the user's own that comes to nothing. */
async function tryEverything({ world, members, userId, id, target }: Attempt) {
  const role = roleOf(world, members, userId, id);
  const there = roleOf(world, members, userId, target);
  const isManager = role === "manager";
  const one = eq(projects.id, id);
  const touched = (statement: SQL) => outcome(userId, statement);
  const refusedOr = (isAllowed: boolean) => (isAllowed ? 1 : insufficientPrivilege);

  expect(await touched(sql`update projects set name = 'New' where ${one}`)).toBe(isManager ? 1 : 0);
  const isUsed = [...world.values()].some(({ parentId }) => parentId === id);
  if (!isUsed) expect(await touched(sql`delete from projects where ${one}`)).toBe(isManager ? 1 : 0);
  expect(
    await touched(sql`insert into projects (id, parent_id, kind, name, color)
      values (${randomUUID()}, ${id}, 'project', 'Below', ${color})`),
  ).toBe(refusedOr(role !== null && isAtLeast(role, "editor")));

  const moved = new Map([...world].map(([key, node]) => [key, { ...node }]));
  const node = moved.get(id);
  if (node) node.parentId = target;
  if (isSound(moved))
    expect(await touched(sql`select move_project(${id}::uuid, ${target}::uuid)`)).toBe(
      refusedOr(isManager && there !== null && isAtLeast(there, "editor")),
    );
  expect(await touched(sql`update projects set parent_id = null where ${one}`)).toBe(insufficientPrivilege);

  const at = members.filter(({ projectId }) => projectId === id);
  expect(await touched(sql`select from project_members where project_id = ${id}`)).toBe(role ? at.length : 0);
  expect(
    await touched(sql`insert into project_members (project_id, user_id, role)
      values (${id}, ${stranger.user.id}, 'viewer')`),
  ).toBe(refusedOr(isManager));
  expect(await touched(sql`update project_members set role = 'manager' where project_id = ${id}`)).toBe(
    isManager ? at.length : 0,
  );
}

/** How many rows a statement touched, or the SQLSTATE it was refused with. */
async function outcome(userId: string, statement: SQL): Promise<number | string | undefined> {
  let count: number | undefined;
  const done = asUser(userId, async (tx) => {
    count = (await tx.execute(statement)).count;
    tx.rollback();
  });
  return done.then(
    () => count,
    (error) => (count === undefined ? sqlStateOf(error) : count),
  );
}

function parentSeen(world: World, seen: string[], id: string): string | null {
  const parentId = world.get(id)?.parentId ?? null;
  return parentId && seen.includes(parentId) ? parentId : null;
}

/** One row for each node and user, as the table has it. */
function distinct(members: Membership[]): Membership[] {
  return [...new Map(members.map((each) => [`${each.projectId} ${each.userId}`, each])).values()];
}

async function keep(world: World, members: Membership[]) {
  await database().transaction(async (tx: Transaction) => {
    // Parents first: the foreign key and the triggers look at the row above.
    const waiting = new Map(world);
    while (waiting.size > 0)
      for (const node of waiting.values()) {
        if (node.parentId && waiting.has(node.parentId)) continue;
        waiting.delete(node.id);
        const archivedAt = node.isArchivedHere ? new Date() : null;
        await tx.insert(projects).values({ ...node, name: "Node", color, archivedAt });
      }
    await tx.insert(projectMembers).values(members);
  });
}

test.each([
  ["manager", "editor", 1],
  ["manager", "viewer", insufficientPrivilege],
  ["manager", null, insufficientPrivilege],
  ["editor", "manager", insufficientPrivilege],
] as const)("%s of a project and %s of its new place: %s", async (here, there, expected) => {
  const { user } = await makeHost();
  const id = await makeProject({}, { [user.id]: here });
  const target = await makeProject({}, there ? { [user.id]: there } : {});
  expect(await outcome(user.id, sql`select move_project(${id}::uuid, ${target}::uuid)`)).toBe(expected);
});

test("a manager cannot make somebody else leave a project they do not manage", async () => {
  const [one, other] = hosts;
  if (!one || !other) throw new Error("No hosts.");
  const id = randomUUID();
  await database().insert(projects).values({ id, kind: "project", name: "Root", color });
  await database()
    .insert(projectMembers)
    .values([
      { projectId: id, userId: one.user.id, role: "manager" },
      { projectId: id, userId: other.user.id, role: "viewer" },
    ]);
  const remove = (by: string, userId: string) =>
    outcome(
      by,
      sql`delete from project_members where ${and(eq(projectMembers.projectId, id), eq(projectMembers.userId, userId))}`,
    );
  expect(await remove(other.user.id, one.user.id)).toBe(0);
  expect(await remove(other.user.id, other.user.id)).toBe(1);
  expect(await remove(one.user.id, other.user.id)).toBe(1);
  expect(await remove(stranger.user.id, other.user.id)).toBe(0);
});
