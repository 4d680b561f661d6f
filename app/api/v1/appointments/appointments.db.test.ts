import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { itemOf, type Told } from "@/components/appointments/item";
import { makeProject } from "@/db/factories/projects";
import { makeBrowser } from "@/db/factories/signed-in";
import { makeHost } from "@/db/factories/users";
import { listOccurrences } from "@/lib/appointments/list";
import { problem } from "@/lib/openapi/answers";
import { bothVersions, manyOccurrences, oneAppointment } from "@/lib/openapi/appointments";
import { DELETE, GET, PATCH } from "./[id]/route";
import { GET as list, POST } from "./route";

const browser = vi.hoisted(() => ({ current: {} as ReturnType<typeof makeBrowser> }));
vi.mock("next/headers", () => ({
  cookies: () => browser.current.cookies(),
  headers: () => browser.current.headers(),
}));

type Answer = { status: number; body: Record<string, unknown> };
let mine: Awaited<ReturnType<typeof makeHost>>;

beforeEach(async () => {
  browser.current = makeBrowser();
  mine = await makeHost({ timeZone: "Europe/Berlin" });
  await browser.current.signIn(mine.user);
});

async function answerOf(response: Response): Promise<Answer> {
  expect(response.headers.get("cache-control")).toBe("no-store");
  const body = response.status === 204 ? {} : await response.json();
  // As it is documented, and not a word more.
  if (response.ok && response.status !== 204) z.union([oneAppointment, manyOccurrences]).parse(body);
  else if (!response.ok) (response.status === 409 ? bothVersions : problem).parse(body);
  return { status: response.status, body };
}

const requestOf = (method: string, query = "", body?: unknown) =>
  new Request(`http://calends.test/${query}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
const at = (id: string) => ({ params: Promise.resolve({ id }) });
const post = async (body: unknown) => answerOf(await POST(requestOf("POST", "", body)));
const patch = async (id: string, body: unknown) =>
  answerOf(await PATCH(requestOf("PATCH", "", body), at(id)));
const read = async (id: string, query = "") => answerOf(await GET(requestOf("GET", query), at(id)));
const remove = async (id: string, query = "") => answerOf(await DELETE(requestOf("DELETE", query), at(id)));
const listed = async (query: string) => answerOf(await list(requestOf("GET", query)));

const wish = {
  title: "Hearing",
  time: { kind: "timed", starts_at: "2027-01-04T10:00:00+01:00", ends_at: "2027-01-04T11:00:00+01:00" },
  time_zone: "Europe/Berlin",
};
const january = "?from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z";

async function make(body: object = wish): Promise<string> {
  const { status, body: answer } = await post(body);
  expect(status).toBe(201);
  return (answer as { appointment: { id: string } }).appointment.id;
}

test("one is added, read, changed, listed and deleted", async () => {
  const id = await make();
  const time = { kind: "timed", starts_at: "2027-01-04T09:00:00.000Z", ends_at: "2027-01-04T10:00:00.000Z" };
  const appointment = {
    id,
    title: "Hearing",
    description: null,
    time,
    project: null,
    revision: 1,
    is_mine: true,
  };
  expect(await read(id)).toMatchObject({ status: 200, body: { appointment } });
  expect(await patch(id, { revision: 1, location: "Room 2" })).toMatchObject({
    status: 200,
    body: { appointment: { ...appointment, location: "Room 2", revision: 2 } },
  });
  expect(await listed(january)).toMatchObject({
    status: 200,
    body: {
      occurrences: [
        { appointment_id: id, occurrence_key: "", location: "Room 2", time, is_recurring: false },
      ],
    },
  });
  expect(await remove(id, "?revision=2")).toMatchObject({ status: 204 });
  expect(await read(id)).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
});

test("words are kept without what no calendar takes", async () => {
  const id = await make({ ...wish, title: " A\u0001 \r\n b\u0007 ", description: "one\r\ntwo\u001b\tthree" });
  expect(await read(id)).toMatchObject({
    body: { appointment: { title: "A b", description: "one\ntwo\tthree" } },
  });
  expect(await patch(id, { revision: 1, title: "\u0001" })).toMatchObject({
    ...{ status: 400, body: { error: { field: "title" } } },
  });
});

test("occurrences are changed and deleted by key and range", async () => {
  const id = await make({ ...wish, recurrence: { rule: "FREQ=DAILY;COUNT=4" } });
  const key = (day: number) => `2027-01-0${day}T09:00:00.000Z`;
  const occurrence = { key: key(5), range: "this" };
  expect((await patch(id, { revision: 1, title: "Moved", occurrence })).status).toBe(200);
  expect(await read(id, `?occurrence=${key(5)}`)).toMatchObject({
    body: { appointment: { title: "Moved" } },
  });
  expect((await remove(id, `?revision=2&occurrence=${key(6)}&range=following`)).status).toBe(204);
  const { body } = await listed(january);
  expect(body.occurrences).toMatchObject([{ title: "Hearing" }, { title: "Moved", occurrence_key: key(5) }]);
  expect((await read(id, `?occurrence=${key(6)}`)).status).toBe(404);
});

test("the calendar page reads what is answered as what it is", async () => {
  const projectId = await makeProject({}, { [mine.user.id]: "editor" });
  await make({ ...wish, project_id: projectId, recurrence: { rule: "FREQ=DAILY;COUNT=2" } });
  await make({ ...wish, time: { kind: "all_day", start_day: "2027-01-06", end_day: "2027-01-08" } });
  const { body } = await listed(`${january}&time_zone=Europe/Berlin`);
  const span = { from: new Date("2027-01-01T00:00:00Z"), to: new Date("2027-02-01T00:00:00Z") };
  const found = await listOccurrences(mine.viewer, span, "Europe/Berlin");
  expect(found).toHaveLength(3);
  expect((body.occurrences as Told[]).map(itemOf)).toEqual(JSON.parse(JSON.stringify(found)));
});

test("who comes second gets both versions", async () => {
  const id = await make();
  await patch(id, { revision: 1, title: "First" });
  const current = { title: "First", revision: 2 };
  expect(await patch(id, { revision: 1, title: "Second" })).toMatchObject({
    status: 409,
    body: { error: { code: "conflict" }, yours: { title: "Second" }, current },
  });
  expect(await remove(id, "?revision=1")).toMatchObject({ status: 409, body: { current } });
  expect(await read(id)).toMatchObject({ body: { appointment: { title: "First" } } });
});

describe("what is wrong is refused by name:", () => {
  test.each([
    ["title", { title: "" }],
    ["title", { title: undefined }],
    ["location", { location: "x".repeat(501) }],
    ["time", { time: undefined }],
    ["time.kind", { time: { kind: "night" } }],
    ["time.ends_at", { time: { ...wish.time, ends_at: wish.time.starts_at } }],
    ["time.end_day", { time: { kind: "all_day", start_day: "2027-01-04", end_day: "2027-01-03" } }],
    [
      "time.ends_at",
      { time: { ...wish.time, ends_at: "2127-01-04T10:00:00Z" }, recurrence: { rule: "FREQ=DAILY" } },
    ],
    ["time_zone", { time_zone: "+01:00" }],
    ["time_zone", { time_zone: undefined }],
    ["recurrence.rule", { recurrence: { rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" } }],
    ["project_id", { project_id: "all" }],
  ])("%s", async (field, change) => {
    expect(await post({ ...wish, ...change })).toMatchObject({ status: 400, body: { error: { field } } });
  });

  test("in a change and in a question, too", async () => {
    const id = await make();
    expect(await patch(id, { title: "X" })).toMatchObject({
      status: 400,
      body: { error: { field: "revision" } },
    });
    expect(await patch(id, { revision: 1, occurrence: { key: "", range: "some" } })).toMatchObject({
      ...{ status: 400, body: { error: { field: "occurrence.range" } } },
    });
    expect(await remove(id)).toMatchObject({ status: 400, body: { error: { field: "revision" } } });
    expect(await remove(id, "?revision=1&occurrence=x")).toMatchObject({
      body: { error: { field: "range" } },
    });
    expect(await remove(id, "?revision=1&occurrence=x&range=this")).toMatchObject({
      ...{ status: 400, body: { error: { field: "occurrence.key" } } },
    });
    expect(await listed("?from=2027-01-01T00:00:00Z")).toMatchObject({ body: { error: { field: "to" } } });
    expect(await listed("?from=2027-01-01T00:00:00Z&to=2029-01-01T00:00:00Z")).toMatchObject({ status: 400 });
    for (const body of ["{", "null", "[]", "5", `${"[".repeat(30_000)}${"]".repeat(30_000)}`])
      expect(await post(body)).toMatchObject({ status: 400 });
  });
});

test("somebody else's is not there, whatever is asked of it", async () => {
  const id = await make();
  await browser.current.signIn((await makeHost()).user);
  expect(await listed(january)).toMatchObject({ body: { occurrences: [] } });
  for (const wanted of [id, randomUUID(), "no-uuid", "%00"]) {
    expect(await read(wanted)).toMatchObject({ status: 404 });
    expect(await patch(wanted, { revision: 1, title: "X" })).toMatchObject({ status: 404 });
    expect(await remove(wanted, "?revision=1")).toMatchObject({ status: 404 });
  }
});

test("whoever may only look is told so", async () => {
  const colleague = await makeHost();
  const members = { [mine.user.id]: "editor", [colleague.user.id]: "viewer" } as const;
  const projectId = await makeProject({}, members);
  const id = await make({ ...wish, project_id: projectId });
  await browser.current.signIn(colleague.user);
  expect(await read(id)).toMatchObject({
    status: 200,
    body: { appointment: { is_editable: false, is_mine: false } },
  });
  expect(await patch(id, { revision: 1, title: "X" })).toMatchObject({ status: 403 });
  expect(await remove(id, "?revision=1")).toMatchObject({ status: 403 });
  expect(await post({ ...wish, project_id: projectId })).toMatchObject({
    status: 403,
    body: { error: { field: "project_id" } },
  });
});

test("it is for who is signed in, on our own pages", async () => {
  const foreign = requestOf("POST", "", wish);
  foreign.headers.set("sec-fetch-site", "cross-site");
  expect((await POST(foreign)).status).toBe(403);
  browser.current.signOut();
  const id = randomUUID();
  const refused = { status: 401, body: { error: { code: "signed_out" } } };
  for (const answer of [
    await listed(january),
    await post(wish),
    await read(id),
    await patch(id, {}),
    await remove(id),
  ])
    expect(answer).toMatchObject(refused);
});
