import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { database, type Transaction } from "@/db/client";
import { sqlStateOf } from "@/db/errors";
import { makeHost } from "@/db/factories/users";
import { projects } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { archiveProject } from "./archive";
import { createProject } from "./create";
import { listProjects } from "./list";
import { moveProject } from "./move";
import { isSound, type Node, rowOf, type World } from "./oracle";
import { after, type Change, change } from "./random-trees";
import { restoreProject } from "./restore";

const now = new Date("2027-03-01T12:00:00Z");
const color = "#3d7cdb";
const histories = fc.array(change, { minLength: 10, maxLength: 40 });
const checkViolation = "23514";

test("whatever is done by SQL, the tree stays sound, and what follows from above right", async () => {
  await fc.assert(
    fc.asyncProperty(histories, (steps) =>
      undone(async (tx) => {
        let world: World = new Map();
        for (const step of steps) {
          const wanted = after(world, step);
          if (!wanted) continue;
          const outcome = await tx
            .transaction((inner) => bySql(inner, step, wanted.node))
            .then(() => "", sqlStateOf);
          expect(outcome, JSON.stringify(step)).toBe(isSound(wanted.next) ? "" : checkViolation);
          if (outcome === "") world = wanted.next;
          expect(await rowsOf(tx)).toEqual(byId([...world.keys()].map((id) => rowOf(world, id))));
        }
      }),
    ),
    { numRuns: 60 },
  );
}, 120_000);

test("the verbs refuse exactly what the rules do, and say of which field", async () => {
  const { viewer } = await makeHost();
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      let world: World = new Map();
      for (const step of steps) {
        const wanted = after(world, step);
        if (!wanted) continue;
        const outcome = await byVerb(viewer, step, wanted.node).then(
          (id) => ({ id }),
          (error) => error,
        );
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(AppError);
          expect(isAllowed(world, wanted, step), `${outcome.message} ${JSON.stringify(step)}`).toBe(false);
          expect(["kind", "parentId", undefined]).toContain((outcome as AppError).field);
        } else {
          expect(isAllowed(world, wanted, step), JSON.stringify(step)).toBe(true);
          world = step.do === "add" ? renamed(wanted.next, wanted.node.id, outcome.id) : wanted.next;
        }
      }
      const ids = [...world.keys()];
      const seen = (await listProjects(viewer)).filter(({ id }) => world.has(id));
      expect(byId(seen.map(({ id, kindPath, isArchived }) => ({ id, kindPath, isArchived })))).toEqual(
        byId(ids.map((id) => rowOf(world, id)).map(({ path: _, ...row }) => row)),
      );
    }),
    { numRuns: 20 },
  );
}, 120_000);

test("what follows from above cannot be written by hand", async () => {
  const id = randomUUID();
  await database().insert(projects).values({ id, kind: "project", name: "Root", color });
  const lies = { path: "a.b", kindPath: "client", isArchived: true };
  await database().update(projects).set(lies).where(eq(projects.id, id));
  const [row] = await database()
    .select()
    .from(projects)
    .where(inArray(projects.id, [id]));
  expect(row).toMatchObject({ path: id.replaceAll("-", ""), kindPath: "", isArchived: false });
});

test("no project is made below itself, and two moves at once make no circle", async () => {
  const id = randomUUID();
  const below = database()
    .insert(projects)
    .values({ id, parentId: id, kind: "project", name: "Ring", color });
  expect(await below.then(() => "", sqlStateOf)).toBe(checkViolation);

  const { viewer } = await makeHost();
  const add = (name: string) => createProject(viewer, { kind: "project", name, color });
  const [one, other] = [await add("One"), await add("Other")];
  const moved = await Promise.allSettled([
    moveProject(viewer, one, { parentId: other }),
    moveProject(viewer, other, { parentId: one }),
  ]);
  expect(moved.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await listProjects(viewer)).map(({ depth }) => depth)).toEqual([1, 2]);
});

function bySql(tx: Transaction, step: Change, { id, parentId, kind }: Node) {
  const one = eq(projects.id, id);
  switch (step.do) {
    case "add":
      return tx.insert(projects).values({ id, parentId, kind, name: "Node", color });
    case "move":
      return tx.update(projects).set({ parentId }).where(one);
    case "archive":
      return tx.update(projects).set({ archivedAt: now }).where(one);
    case "restore":
      return tx.update(projects).set({ archivedAt: null }).where(one);
  }
}

async function byVerb(viewer: Viewer, step: Change, { id, parentId, kind }: Node): Promise<string> {
  if (step.do === "add") return createProject(viewer, { kind, name: "Node", color, parentId });
  if (step.do === "move") await moveProject(viewer, id, { parentId });
  if (step.do === "archive") await archiveProject(viewer, id, now);
  if (step.do === "restore") await restoreProject(viewer, id);
  return id;
}

/** Besides being sound: nothing comes into the archive from outside, and nothing out of the middle of it. */
function isAllowed(world: World, { next, node }: { next: World; node: Node }, step: Change): boolean {
  if (!isSound(next)) return false;
  if (step.do === "restore") return !rowOf(next, node.id).isArchived;
  const isElsewhere = world.get(node.id)?.parentId !== node.parentId;
  return step.do === "archive" || !node.parentId || !isElsewhere || !rowOf(next, node.parentId).isArchived;
}

/** The verb chose the id. */
function renamed(world: World, from: string, to: string): World {
  return new Map([...world].map(([id, node]) => (id === from ? [to, { ...node, id: to }] : [id, node])));
}

async function rowsOf(tx: Transaction) {
  const { id, path, kindPath, isArchived } = projects;
  return byId(await tx.select({ id, path: sql<string>`${path}::text`, kindPath, isArchived }).from(projects));
}

function byId<T extends { id: string }>(rows: T[]): T[] {
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

class Undo extends Error {}

/** Does something of which nothing remains. */
async function undone(work: (tx: Transaction) => Promise<void>): Promise<void> {
  const deed = database().transaction(async (tx) => {
    await work(tx);
    throw new Undo();
  });
  await deed.catch((error) => {
    if (!(error instanceof Undo)) throw error;
  });
}
