import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { asUser, database } from "@/db/client";
import { sqlStateOf } from "@/db/errors";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeProject } from "@/db/factories/projects";
import { makeBrowser } from "@/db/factories/signed-in";
import { makeHost } from "@/db/factories/users";
import { calendarBindings, calendars, projectMembers } from "@/db/schema";
import { bindingScopes } from "@/lib/bindings/schema";
import { manyBindings, oneBinding } from "@/lib/openapi/caldav";
import { DELETE, GET, PATCH } from "./[id]/route";
import { GET as list, POST } from "./route";

const browser = vi.hoisted(() => ({ current: {} as ReturnType<typeof makeBrowser> }));
vi.mock("next/headers", () => ({
  cookies: () => browser.current.cookies(),
  headers: () => browser.current.headers(),
}));
beforeEach(() => {
  browser.current = makeBrowser();
});

const checkViolation = "23514";
const foreignKeyViolation = "23503";
const uniqueViolation = "23505";
const insufficientPrivilege = "42501";

/** A host with a calendar, one that is read-only, and a node of every kind. */
async function makeWorld() {
  const { user, viewer } = await makeHost();
  const mine = { [user.id]: "manager" } as const;
  const client = await makeProject({ kind: "client", name: "Acme" }, mine);
  const litigation = await makeProject({ kind: "litigation", parentId: client });
  const patent = await makeProject({ kind: "patent", parentId: client });
  const matter = await makeProject({ kind: "case", parentId: litigation });
  const project = await makeProject({ kind: "project" }, mine);
  const stranger = await makeHost();
  const places = {
    ...{ client, litigation, patent, case: matter, project },
    unseen: await makeProject({ kind: "client" }, { [stranger.user.id]: "manager" }),
  };
  const calendar = await makeCalendar(user.id);
  const readOnly = await makeCalendar(user.id, { isReadOnly: true });
  const strange = await makeCalendar(stranger.user.id);
  await browser.current.signIn(user);
  return {
    user,
    viewer,
    stranger,
    places,
    ids: { calendar: calendar.id, readOnly: readOnly.id, strange: strange.id },
  };
}
type World = Awaited<ReturnType<typeof makeWorld>>;

type Answer = { status: number; body: Record<string, unknown> };

async function answerOf(response: Response): Promise<Answer> {
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, body: response.status === 204 ? {} : await response.json() };
}

const requestOf = (method: string, body?: unknown) =>
  new Request("http://calends.test/", {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const at = (id: string) => ({ params: Promise.resolve({ id }) });

const post = async (body: unknown) => answerOf(await POST(requestOf("POST", body)));
const patch = async (id: string, body: unknown) => answerOf(await PATCH(requestOf("PATCH", body), at(id)));
const read = async (id: string) => answerOf(await GET(requestOf("GET"), at(id)));
const remove = async (id: string) => answerOf(await DELETE(requestOf("DELETE"), at(id)));
const listed = async () => {
  const { body } = await answerOf(await list(requestOf("GET")));
  return manyBindings.parse(body).bindings;
};

async function create(body: unknown): Promise<string> {
  const answer = await post(body);
  expect(answer).toMatchObject({ status: 201 });
  return String(answer.body.id);
}

/** Kinds of nodes, and what else may be in the place of one. */
const scopeIds = ["client", "litigation", "patent", "case", "project", "unseen", "nobody", "none"] as const;
type ScopeId = (typeof scopeIds)[number];
type Scope = (typeof bindingScopes)[number];

const idOf = ({ places }: World, of: ScopeId): string | null => {
  if (of === "none") return null;
  return of === "nobody" ? randomUUID() : places[of];
};

/** SPEC C3, said once more. */
function isAllowed(scope: Scope, of: ScopeId): boolean {
  if (scope === "all_visible" || scope === "personal_only") return of === "none";
  if (of === "none" || of === "nobody" || of === "unseen") return false;
  return scope === "project" || scope === of;
}

/** What the table itself says to the same row, whoever writes it; what only a policy knows, it lets its owner do. */
function stateFor(scope: Scope, of: ScopeId): string {
  const needsProject = scope !== "all_visible" && scope !== "personal_only";
  if (needsProject === (of === "none")) return checkViolation;
  if (!needsProject) return "";
  if (of === "nobody") return foreignKeyViolation;
  const kind = of === "unseen" ? "client" : of;
  return scope === "project" || scope === kind ? "" : foreignKeyViolation;
}

const combinations = bindingScopes.flatMap((scope) => scopeIds.map((of) => [scope, of] as const));

describe("a scope and what it is about", () => {
  test.each(combinations)("%s of %s", async (scope, of) => {
    const world = await makeWorld();
    const scope_id = idOf(world, of);
    const answer = await post({ calendar_id: world.ids.calendar, scope, scope_id });
    if (isAllowed(scope, of)) {
      expect(answer).toMatchObject({ status: 201, body: { scope, scope_id, enabled: true } });
    } else {
      expect(answer).toEqual({
        status: 400,
        body: { error: { code: "invalid", message: expect.stringMatching(/\.$/), field: "scope_id" } },
      });
      expect(await listed()).toEqual([]);
      // And the same as a change.
      const id = await create({ calendar_id: world.ids.calendar, scope: "all_visible" });
      expect(await patch(id, { scope, scope_id })).toMatchObject({
        status: 400,
        body: { error: { field: "scope_id" } },
      });
      await database().delete(calendarBindings).where(eq(calendarBindings.id, id));
    }
    const row = { calendarId: world.ids.calendar, scope, scopeId: scope_id };
    await database().delete(calendarBindings).where(eq(calendarBindings.calendarId, row.calendarId));
    expect(await bySql({ hostId: world.user.id, ...row })).toBe(stateFor(scope, of));
    // A policy is asked before constraints are, and sees nothing of what is not there.
    const isHidden = of === "unseen" || of === "nobody";
    await database().delete(calendarBindings).where(eq(calendarBindings.calendarId, row.calendarId));
    expect(await byRequest(world.user.id, row)).toBe(isHidden ? insufficientPrivilege : stateFor(scope, of));
  });
});

type Row = { calendarId: string; scope: Scope; scopeId: string | null };

/** The SQLSTATE a row is refused with by the owner of the table; "" when it is taken. */
const bySql = (row: Row & { hostId: string }) =>
  database()
    .insert(calendarBindings)
    .values(row)
    .then(() => "", sqlStateOf);

const byRequest = (hostId: string, { calendarId, scope, scopeId }: Row) =>
  asUser(hostId, (tx) =>
    tx.execute(sql`insert into calendar_bindings (host_id, calendar_id, scope, scope_id)
      values (${hostId}, ${calendarId}, ${scope}, ${scopeId})`),
  ).then(() => "", sqlStateOf);

describe("other input", () => {
  const wrong: [string, (world: World) => Record<string, unknown>, string][] = [
    ["no calendar", () => ({ calendar_id: undefined }), "calendar_id"],
    ["a calendar that is no UUID", () => ({ calendar_id: "work" }), "calendar_id"],
    ["a calendar that is a number", () => ({ calendar_id: 5 }), "calendar_id"],
    ["no such calendar", () => ({ calendar_id: randomUUID() }), "calendar_id"],
    ["somebody else's calendar", ({ ids }) => ({ calendar_id: ids.strange }), "calendar_id"],
    ["a read-only calendar", ({ ids }) => ({ calendar_id: ids.readOnly }), "calendar_id"],
    ["no scope", () => ({ scope: undefined }), "scope"],
    ["an unknown scope", () => ({ scope: "everything" }), "scope"],
    ["a scope that is null", () => ({ scope: null }), "scope"],
    ["a project that is no UUID", () => ({ scope: "client", scope_id: "acme" }), "scope_id"],
    ["a project that is a list", () => ({ scope: "client", scope_id: [] }), "scope_id"],
    ["include_personal as a text", () => ({ include_personal: "yes" }), "include_personal"],
    ["include_personal null", () => ({ include_personal: null }), "include_personal"],
    ["enabled as a number", () => ({ enabled: 1 }), "enabled"],
    ["a NUL in a text", () => ({ scope: "client\0" }), "scope"],
  ];

  test.each(wrong)("%s is refused, naming the field", async (_, valuesOf, field) => {
    const world = await makeWorld();
    const values = { calendar_id: world.ids.calendar, scope: "all_visible", ...valuesOf(world) };
    const refused = { status: 400, body: { error: { code: "invalid", message: expect.any(String), field } } };
    expect(await post(values)).toEqual(refused);
    expect(await listed()).toEqual([]);
    const change = valuesOf(world);
    if (Object.values(change).includes(undefined)) return;
    const id = await create({ calendar_id: world.ids.calendar, scope: "all_visible" });
    expect(await patch(id, change)).toEqual(refused);
  });

  test("that is no JSON, or no object, is refused", async () => {
    await makeWorld();
    const broken = new Request("http://calends.test/", { method: "POST", body: "{" });
    expect(await answerOf(await POST(broken))).toMatchObject({ status: 400 });
    for (const body of [null, 5, "text", []]) expect(await post(body)).toMatchObject({ status: 400 });
  });

  test("the same binding twice is a conflict, on creation and on change", async () => {
    const { ids, places } = await makeWorld();
    const first = { calendar_id: ids.calendar, scope: "all_visible" };
    await create(first);
    const twice = { status: 409, body: { error: { code: "conflict", field: "scope" } } };
    expect(await post({ ...first, include_personal: true })).toMatchObject(twice);
    const other = await create({ calendar_id: ids.calendar, scope: "client", scope_id: places.client });
    expect(await patch(other, { scope: "all_visible", scope_id: null })).toMatchObject(twice);
  });

  test("a calendar of somebody else is refused by the table, too", async () => {
    const { user, ids } = await makeWorld();
    const row = { hostId: user.id, calendarId: ids.strange, scope: "all_visible", scopeId: null } as const;
    expect(await bySql(row)).toBe(foreignKeyViolation);
    const own = { ...row, calendarId: ids.calendar };
    expect([await bySql(own), await bySql(own)]).toEqual(["", uniqueViolation]);
  });
});

describe("a binding", () => {
  test("is made, read, changed and removed", async () => {
    const { ids, places } = await makeWorld();
    const made = await post({
      calendar_id: ids.calendar,
      scope: "client",
      scope_id: places.client,
      include_personal: true,
    });
    expect(oneBinding.parse(made.body)).toEqual(made.body);
    expect(made).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        calendar_id: ids.calendar,
        calendar_name: "Work",
        scope: "client",
        scope_id: places.client,
        include_personal: true,
        enabled: true,
        status: "pending",
        last_synced_at: null,
        last_error: null,
        targets: { in_calendar: 0, pending: 0, failing: 0 },
        created_at: expect.any(String),
      },
    });
    const id = String(made.body.id);
    expect(await read(id)).toEqual({ status: 200, body: made.body });
    const changed = await patch(id, { scope: "case", scope_id: places.case, enabled: false });
    expect(changed).toEqual({
      status: 200,
      body: { ...made.body, scope: "case", scope_id: places.case, enabled: false, status: "disabled" },
    });
    expect(await patch(id, {})).toEqual(changed);
    expect(await remove(id)).toEqual({ status: 204, body: {} });
    expect(await read(id)).toMatchObject({ status: 404 });
    expect(await remove(id)).toMatchObject({ status: 404 });
  });

  test("is listed with all that is visible first, then the personal ones, then by age", async () => {
    const { ids, places } = await makeWorld();
    const calendar_id = ids.calendar;
    await create({ calendar_id, scope: "case", scope_id: places.case });
    await create({ calendar_id, scope: "project", scope_id: places.case });
    await create({ calendar_id, scope: "personal_only" });
    await create({ calendar_id, scope: "client", scope_id: places.client });
    await create({ calendar_id, scope: "all_visible" });
    expect((await listed()).map(({ scope }) => scope)).toEqual([
      ...["all_visible", "personal_only", "case", "project", "client"],
    ]);
  });

  test("has its calendar read from then on, and asks for a push with each change that matters", async () => {
    const { user, ids, places } = await makeWorld();
    const unread = await makeCalendar(user.id, { checksConflicts: false });
    const asked = async (name: string) => {
      const rows = await database().execute(sql`
        select from inngest_events where name = ${name} and data::jsonb ->> 'calendarId' = ${unread.id}`);
      return rows.length;
    };
    const id = await create({ calendar_id: unread.id, scope: "all_visible" });
    const [calendar] = await database().select().from(calendars).where(eq(calendars.id, unread.id));
    expect(calendar?.isMirrored).toBe(true);
    expect([await asked("calendar/push.requested"), await asked("calendar/sync.requested")]).toEqual([1, 1]);
    await patch(id, {});
    await patch(id, { include_personal: false, calendar_id: unread.id });
    expect(await asked("calendar/push.requested")).toBe(1);
    await patch(id, { scope: "client", scope_id: places.client });
    expect(await asked("calendar/push.requested")).toBe(2);
    await patch(id, { calendar_id: ids.calendar });
    expect(await asked("calendar/push.requested")).toBe(3);
    expect(await asked("calendar/sync.requested")).toBe(1);
  });

  test("whose project is out of sight can be switched off and moved to another scope, but not on", async () => {
    const { user, stranger, ids, places } = await makeWorld();
    const id = await create({ calendar_id: ids.calendar, scope: "case", scope_id: places.case });
    await database()
      .update(projectMembers)
      .set({ userId: stranger.user.id })
      .where(and(eq(projectMembers.projectId, places.client), eq(projectMembers.userId, user.id)));
    expect(await read(id)).toMatchObject({ status: 200, body: { scope_id: places.case } });
    const hidden = { status: 400, body: { error: { field: "scope_id" } } };
    expect(await patch(id, { include_personal: true })).toMatchObject(hidden);
    expect(await patch(id, { enabled: false, include_personal: true })).toMatchObject({ status: 200 });
    expect(await patch(id, { enabled: true })).toMatchObject(hidden);
    expect(await patch(id, { scope: "project" })).toMatchObject(hidden);
    const moved = { enabled: true, scope: "all_visible", scope_id: null };
    expect(await patch(id, moved)).toMatchObject({ status: 200, body: moved });
  });

  test("of somebody else is not there, whatever is asked of it", async () => {
    const { ids, stranger } = await makeWorld();
    const id = await create({ calendar_id: ids.calendar, scope: "all_visible" });
    await browser.current.signIn(stranger.user);
    expect(await listed()).toEqual([]);
    for (const wanted of [id, randomUUID(), "no-uuid", "%00"]) {
      const missing = { status: 404, body: { error: { code: "not_found" } } };
      expect(await read(wanted)).toMatchObject(missing);
      expect(await patch(wanted, { enabled: false })).toMatchObject(missing);
      expect(await remove(wanted)).toMatchObject(missing);
    }
    const [row] = await database().select().from(calendarBindings).where(eq(calendarBindings.id, id));
    expect(row?.isEnabled).toBe(true);
  });

  test("is for who is signed in, on our own pages", async () => {
    const { ids } = await makeWorld();
    const id = await create({ calendar_id: ids.calendar, scope: "all_visible" });
    const elsewhere = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      // Without https, browsers say no more than this.
      { origin: "https://elsewhere.example.com" },
      { origin: "null" },
    ];
    for (const headers of elsewhere) {
      const foreign = new Request("http://calends.test/", { method: "DELETE", headers });
      expect(await answerOf(await DELETE(foreign, at(id)))).toMatchObject({
        ...{ status: 403, body: { error: { code: "forbidden" } } },
      });
    }
    for (const headers of [
      { origin: "http://calends.test" },
      { host: "box:3000", origin: "http://box:3000" },
    ]) {
      const own = new Request("http://calends.test/", { method: "PATCH", headers, body: "{}" });
      expect((await PATCH(own, at(id))).status).toBe(200);
    }
    browser.current.signOut();
    const refused = { status: 401, body: { error: { code: "signed_out" } } };
    expect(await answerOf(await list(requestOf("GET")))).toMatchObject(refused);
    expect(await answerOf(await POST(requestOf("POST", {})))).toMatchObject(refused);
    expect(await answerOf(await GET(requestOf("GET"), at(id)))).toMatchObject(refused);
    expect(await answerOf(await PATCH(requestOf("PATCH", {}), at(id)))).toMatchObject(refused);
    expect(await answerOf(await DELETE(requestOf("DELETE"), at(id)))).toMatchObject(refused);
  });
});
