import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { asUser, database, type Transaction } from "@/db/client";
import { makeProject } from "@/db/factories/projects";
import { makeHost } from "@/db/factories/users";
import { projectMembers, projects } from "@/db/schema";
import { listProjects } from "./list";
import { moveProject } from "./move";

const color = "#3d7cdb";
const clients = Array.from({ length: 100 }, () => randomUUID());
let boss: Awaited<ReturnType<typeof makeHost>>;
let clerk: typeof boss;
let partner: typeof boss;

beforeAll(async () => {
  [boss, clerk, partner] = await Promise.all([makeHost(), makeHost(), makeHost()]);
  await database().execute(sql`
    insert into projects (id, kind, name, color)
    select unnest(${sql.param(`{${clients}}`)}::uuid[]), 'client', 'Client', ${color}`);
  for (const [kind, above, count] of [
    ["litigation", "client", 9],
    ["case", "litigation", 10],
  ] as const)
    await database().execute(sql`
      insert into projects (parent_id, kind, name, color)
      select id, ${kind}::project_kind, 'Node', ${color} from projects, generate_series(1, ${count})
      where kind = ${above}::project_kind`);
  await database()
    .insert(projectMembers)
    .values(clients.map((projectId) => ({ projectId, userId: boss.user.id, role: "manager" as const })));
  await database().execute(sql`
    insert into project_members select id, ${clerk.user.id}, 'viewer' from projects where kind = 'case' limit 3`);
  await database().execute(sql`
    insert into project_members select id, ${partner.user.id}, 'editor' from projects where kind = 'case' limit 3000`);
  // So that the members, too, are too many to read them all.
  await database().execute(sql`
    insert into project_members select id, ${(await makeHost()).user.id}, 'editor' from projects`);
  await database().execute(sql`analyze projects, project_members`);
}, 120_000);

test("the tree is read in one go, whoever asks, and asks once where they are a member", async () => {
  expect(await listProjects(boss.viewer)).toHaveLength(10_000);
  expect(await listProjects(clerk.viewer)).toHaveLength(3);
  const plan = await planOf((work) => asUser(clerk.user.id, work), sql`select id from projects`);
  expect(plan).toContain("Filter: ((InitPlan 1).col1 ?|");
});

test("it makes little difference of how many projects somebody is a member", async () => {
  expect(await listProjects(partner.viewer)).toHaveLength(3000);
  const all = sql`select id from projects`;
  // Looked up, not compared one by one: that took twenty times as long as for a member of a hundred.
  const few = await fastest(boss.user.id, all);
  expect(await fastest(partner.user.id, all)).toBeLessThan(6 * few + 20);
  const [one] = await asUser(boss.user.id, (tx) => tx.execute<{ id: string }>(sql`${all} limit 1`));
  // A single row is judged by itself, whatever else is visible.
  const single = await fastest(boss.user.id, sql`${all} where id = ${one?.id}`);
  expect(single).toBeLessThan(few / 2);
});

test("one project, a role and a subtree are found by indexes", async () => {
  const [suit] = await database().execute<{ id: string; path: string }>(
    sql`select id, path::text from projects where kind = 'litigation' limit 1`,
  );
  const byClerk: As = (work) => asUser(clerk.user.id, work);
  expect(await planOf(byClerk, sql`select name from projects where id = ${suit?.id}`)).toMatch(
    /Index Scan using projects_(pkey|id_kind)/,
  );
  // As a request it is filtered: row-level security lets no operator of ltree run before the policy.
  const below = sql`select id from projects where path <@ ${suit?.path}::ltree`;
  expect(await planOf((work) => database().transaction(work), below)).toContain("projects_path");
  const role = sql`select role from project_members where user_id = ${clerk.user.id}
    and project_id = any (string_to_array(${suit?.path}, '.')::uuid[])`;
  expect(await planOf((work) => database().transaction(work), role)).toContain("Index Scan");
});

test("whole clients move at once", async () => {
  const group = await makeProject({}, { [boss.user.id]: "manager" });
  const [first, ...others] = clients;
  await moveProject(boss.viewer, first ?? "", { parentId: group });
  const rest = sql`id = any (${sql.param(`{${others}}`)}::uuid[])`;
  await database().execute(sql`update projects set parent_id = ${group} where ${rest}`);
  expect(await database().$count(projects, sql`path <@ replace(${group}, '-', '')::ltree`)).toBe(10_001);
  expect(await database().$count(projects, sql`nlevel(path) = 4 and kind = 'case'`)).toBe(9_000);
}, 60_000);

type As = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/** The shortest of five times, in milliseconds: the others waited for something else. */
async function fastest(userId: string, query: SQL): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 5; n++)
    await asUser(userId, async (tx) => {
      const begun = performance.now();
      await tx.execute(query);
      times.push(performance.now() - begun);
    });
  return Math.min(...times);
}

async function planOf(as: As, query: SQL): Promise<string> {
  const lines = await as((tx) => tx.execute<Record<string, string>>(sql`explain ${query}`));
  return lines.map((line) => line["QUERY PLAN"]).join("\n");
}
