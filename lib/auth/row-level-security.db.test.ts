import { type SQL, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { asUser, database, type Transaction } from "@/db/client";
import { sqlStateOf } from "@/db/errors";
import { makeEverything } from "@/db/factories/everything";
import { users } from "@/db/schema";

// What the database itself says there is. A new table fails here until it has row-level security and, when
// requests may touch it, a policy and a row in db/factories/everything.
const tables = await database().execute<{
  name: string;
  isOpen: boolean;
  hasRls: boolean;
  policies: number;
}>(sql`
  select c.relname as name, c.relrowsecurity as "hasRls",
    has_any_column_privilege('calends_user', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
      or has_table_privilege('calends_user', c.oid, 'DELETE, TRUNCATE, TRIGGER') as "isOpen",
    (select count(*)::int from pg_policy where polrelid = c.oid) as policies
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f')
  order by c.relname`);
const open = tables.filter(({ isOpen }) => isOpen);
const closed = tables.filter(({ isOpen }) => !isOpen);

const columns = await database().execute<{
  table: string;
  name: string;
  canSelect: boolean;
  canUpdate: boolean;
  isWritable: boolean;
}>(sql`
  select c.relname as "table", a.attname as name,
    has_column_privilege('calends_user', c.oid, a.attnum, 'SELECT') as "canSelect",
    has_column_privilege('calends_user', c.oid, a.attnum, 'UPDATE') as "canUpdate",
    a.attgenerated = '' and a.attidentity <> 'a' as "isWritable"
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and a.attnum > 0 and not a.attisdropped`);

const ownerColumns: Record<string, string> = {
  users: "id",
  projects: "id",
  project_members: "user_id",
  api_tokens: "user_id",
};

// Row-level security and missing grants are refused with the same code.
const insufficientPrivilege = "42501";

let owner = "";
let stranger = "";
let projectId = "";

beforeAll(async () => {
  const made = await makeEverything();
  owner = made.user.id;
  projectId = made.projectId;
  const [row] = await database()
    .insert(users)
    .values({ email: "stranger@example.test", name: "Stranger", passwordHash: "none" })
    .returning();
  stranger = row?.id ?? "";
});

test("the catalogue lists our tables", () => {
  expect(open.map(({ name }) => name)).toContain("users");
  expect(closed.map(({ name }) => name)).toContain("setup_links");
});

test("the request role passes no wall and owns nothing", async () => {
  const [role] = await database().execute(
    sql`select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'calends_user'`,
  );
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false });
  const owned = await database().execute(
    sql`select relname from pg_class where pg_get_userbyid(relowner) = 'calends_user'`,
  );
  expect(owned).toHaveLength(0);
});

test("only known functions run with more rights than their caller", async () => {
  const functions = await database().execute<{ name: string }>(sql`
    select proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.prosecdef and has_function_privilege('calends_user', p.oid, 'EXECUTE')`);
  expect(functions.map(({ name }) => name).sort()).toEqual([
    "inngest_send_event",
    "list_feed_events",
    "may_edit_project",
    "move_project",
    "my_memberships",
    "project_role",
  ]);
});

describe.each(tables)("$name", ({ hasRls }) => {
  test("has row-level security", () => expect(hasRls).toBe(true));
});

describe.each(open)("$name, open to requests,", ({ name, policies }) => {
  const table = sql.identifier(name);
  const own = columns.filter((column) => column.table === name);
  const ownerColumn = ownerColumns[name] ?? own.find((c) => /^(host|owner)_id$/.test(c.name))?.name;
  // A project is its members'; lib/projects tries what each of them may do.
  const isOwners = () =>
    sql`${sql.identifier(ownerColumn ?? "?")} = ${name === "projects" ? projectId : owner}::uuid`;
  const updatable = own.filter(({ canUpdate, isWritable }) => canUpdate && isWritable);

  test("has an owner, a policy, and a row made by the factories", async () => {
    expect(ownerColumn).toBeDefined();
    expect(policies).toBeGreaterThan(0);
    const made = await database().execute(sql`select 1 from ${table} where ${isOwners()}`);
    expect(made.length, `db/factories/everything makes no row in ${name}`).toBeGreaterThan(0);
  });

  test("shows its rows to their owner only", async () => {
    const visible = own.filter(({ canSelect }) => canSelect).map((column) => sql.identifier(column.name));
    const all = sql`select ${sql.join(visible, sql`, `)} from ${table} where ${isOwners()}`;
    expect((await asUser(owner, (tx) => tx.execute(all))).length).toBeGreaterThan(0);
    for (const as of others()) expect(await as((tx) => tx.execute(all))).toHaveLength(0);
  });

  test("lets nobody else change or delete them", async () => {
    for (const as of others()) {
      await expectUntouched(as, sql`delete from ${table} where ${isOwners()}`);
      for (const column of updatable) {
        const same = sql`${sql.identifier(column.name)} = ${sql.identifier(column.name)}`;
        await expectUntouched(as, sql`update ${table} set ${same} where ${isOwners()}`);
      }
    }
  });

  test("lets nobody add one for somebody else, or give one away", async () => {
    const written = sql.join(
      own.filter(({ isWritable }) => isWritable).map((column) => sql.identifier(column.name)),
      sql`, `,
    );
    const rows = await database().execute<{ json: string }>(
      sql`select to_jsonb(t)::text as json from ${table} t where ${isOwners()}`,
    );
    for (const { json } of rows) {
      const copy = sql`insert into ${table} (${written})
        select ${written} from jsonb_populate_record(null::${table}, ${json}::jsonb)`;
      for (const as of others()) expect(await outcomeOf(as, copy)).toBe(insufficientPrivilege);
    }

    const giveAway = sql`update ${table} set ${sql.identifier(ownerColumn ?? "?")} = ${stranger}::uuid`;
    expect(await outcomeOf((work) => asUser(owner, work), giveAway)).toBe(insufficientPrivilege);
  });
});

describe.each(closed)("$name, closed to requests,", ({ name }) => {
  const table = sql.identifier(name);
  test.each([
    ["select", sql`select 1 from ${table}`],
    ["insert", sql`insert into ${table} default values`],
    ["delete", sql`delete from ${table}`],
    ["truncate", sql`truncate ${table}`],
  ])("refuses %s", async (_, statement) => {
    expect(await outcomeOf((work) => asUser(owner, work), statement)).toBe(insufficientPrivilege);
  });
});

type As = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/** Another user, nobody, and a transaction that never said who it is. */
function others(): As[] {
  return [(work) => asUser(stranger, work), (work) => asUser("", work), asUnset];
}

function asUnset<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database().transaction(async (tx) => {
    await tx.execute(sql`set local role calends_user`);
    return work(tx);
  });
}

/** The statement may not be said at all, or finds no row. */
async function expectUntouched(as: As, statement: SQL) {
  expect([0, insufficientPrivilege]).toContain(await outcomeOf(as, statement));
}

/** How many rows a statement touched, or the SQLSTATE it was refused with. */
async function outcomeOf(as: As, statement: SQL): Promise<number | string | undefined> {
  return as((tx) => tx.execute(statement)).then((result) => result.count, sqlStateOf);
}
