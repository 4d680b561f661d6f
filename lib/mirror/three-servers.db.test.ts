import { and, eq, inArray, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { appointmentTargets, calendarBindings, calendars } from "@/db/schema";
import type { DavClient } from "@/e2e/dav-client";
import { icsOf } from "@/e2e/ics";
import { type Radicale, startRadicale } from "@/e2e/radicale";
import { startXandikos, type Xandikos } from "@/e2e/xandikos";
import { changeAppointment } from "@/lib/appointments/change";
import { createAppointment } from "@/lib/appointments/create";
import type { Viewer } from "@/lib/auth/viewer";
import { createBinding } from "@/lib/bindings/create";
import { removeBinding } from "@/lib/bindings/remove";
import type { BindingScope } from "@/lib/bindings/schema";
import { connectCaldav } from "@/lib/connections/connect";
import { createProject } from "@/lib/projects/create";
import { addMember } from "@/lib/projects/members/add";
import { removeMember } from "@/lib/projects/members/remove";
import { moveProject } from "@/lib/projects/move";
import { pullCalendar } from "@/lib/sync/pull";
import { pushCalendar } from "./push-calendar";

type Server = DavClient & { url: string; user: string; password: string };

const at = (hour: string) => new Date(`2027-01-04T${hour}Z`);
const theirs = icsOf({ uid: "theirs", title: "Theirs", startsAt: at("07:00:00"), endsAt: at("08:00:00") });

let servers: { ada: Radicale; adaAtWork: Radicale; home: Xandikos };
beforeAll(async () => {
  const [ada, adaAtWork, home] = await Promise.all([
    startRadicale(),
    startRadicale({ user: "ada at work", password: "other horse" }),
    startXandikos(),
  ]);
  servers = { ada, adaAtWork, home };
});
afterAll(() => Promise.all(Object.values(servers ?? {}).map((server) => server.stop())));

test("what is bound where lies there once, wherever it goes", async () => {
  const world = await makeWorld();
  await world.settle();
  expect(await world.titles()).toEqual({
    everything: ["Closing", "Dentist", "Hearing", "Weekly", "Weekly (other)"],
    acme: ["Closing", "Hearing", "Weekly", "Weekly (other)"],
    beta: [],
    case: ["Hearing", "Weekly", "Weekly (other)"],
    home: ["Dentist"],
  });

  await moveProject(world.grace, world.caseId, { parentId: world.otherLitigationId });
  await world.settle();
  expect(await world.titles()).toEqual({
    everything: ["Closing", "Dentist", "Hearing", "Weekly", "Weekly (other)"],
    acme: ["Closing"],
    beta: ["Hearing", "Weekly", "Weekly (other)"],
    case: ["Hearing", "Weekly", "Weekly (other)"],
    home: ["Dentist"],
  });

  await removeMember(world.grace, { projectId: world.betaId, userId: world.ada.userId });
  await world.settle();
  expect(await world.titles()).toEqual({
    everything: ["Closing", "Dentist"],
    acme: ["Closing"],
    beta: [],
    case: [],
    home: ["Dentist"],
  });

  for (const id of await world.bindings()) await removeBinding(world.ada, id);
  expect(await world.bindings()).toEqual([]);
  await world.settle();
  expect(await world.titles()).toEqual({ everything: [], acme: [], beta: [], case: [], home: [] });
  expect(await world.targets()).toEqual([]);
});

test("a binding that goes while its server is away is emptied when it is back", async () => {
  const world = await makeWorld();
  await world.settle();
  await servers.home.turnOff();
  const { id } = world.calendars.home;
  for (const binding of await world.bindings(id)) await removeBinding(world.ada, binding);
  await world.push();
  await servers.home.turnOn();
  expect((await world.titles()).home).toEqual(["Dentist"]);
  await pushCalendar(id, new Date(Date.now() + 6 * 3_600_000));
  expect((await world.titles()).home).toEqual([]);
});

/** Ada's calendars at three accounts, and the firm that Grace shares with her. */
async function makeWorld() {
  const [{ viewer: ada, user }, { viewer: grace }] = await Promise.all([makeHost(), makeHost()]);
  const project = (kind: string, parentId = "") =>
    createProject(grace, { kind, name: kind, color: "#0e8a8c", parentId });
  const [acmeId, betaId] = [await project("client"), await project("client")];
  const otherLitigationId = await project("litigation", betaId);
  const caseId = await project("case", await project("litigation", acmeId));
  for (const id of [acmeId, betaId]) await addMember(grace, id, { email: user.email, role: "editor" });

  const own = await makeCalendars(ada);
  const bind = (calendar: { id: string }, scope: BindingScope, scopeId: string | null = null) =>
    createBinding(ada, { calendar_id: calendar.id, scope, scope_id: scopeId }, new Date());
  await bind(own.acme, "client", acmeId);
  await bind(own.beta, "client", betaId);
  await bind(own.case, "case", caseId);
  await bind(own.home, "personal_only");

  await add(ada, "Dentist", null);
  await add(ada, "Hearing", caseId);
  await add(grace, "Closing", acmeId);
  await add(grace, "Weekly", caseId, "FREQ=WEEKLY;COUNT=20");
  return { ada, grace, acmeId, betaId, otherLitigationId, caseId, ...watch(ada, own) };
}

async function add(viewer: Viewer, title: string, projectId: string | null, rule?: string): Promise<void> {
  const time = { kind: "timed", startsAt: "2027-01-04T09:00:00Z", endsAt: "2027-01-04T10:00:00Z" };
  const recurrence = rule ? { rule } : null;
  const input = { title, projectId, time, timeZone: "Europe/Berlin", recurrence };
  const { id, revision } = await createAppointment(viewer, input, new Date());
  if (!rule) return;
  // After the clocks changed: ten o'clock in Berlin is another instant then.
  const occurrence = { key: "2027-04-05T08:00:00.000Z", range: "this" };
  await changeAppointment(viewer, id, { revision, occurrence, title: `${title} (other)` }, new Date());
}

/** Five calendars, one of them bound by itself because it is in the first account; in each is something of Ada's own. */
async function makeCalendars(ada: Viewer) {
  const everything = await connect(ada, servers.ada, ["everything"]);
  const clients = await connect(ada, servers.ada, ["to acme", "to beta"]);
  const [cases] = await connect(ada, servers.adaAtWork, ["to case"]);
  const [home] = await connect(ada, servers.home, ["to home"]);
  const found = { everything: everything[0], acme: clients[0], beta: clients[1], case: cases, home };
  return Object.fromEntries(
    Object.entries(found).map(([name, calendar]) => [name, calendar ?? expect.fail(`no ${name}`)]),
  ) as Record<keyof typeof found, RemoteCalendar>;
}

type Target = typeof appointmentTargets.$inferSelect;
type RemoteCalendar = { id: string; server: Server; url: string; foreign: Map<string, string> };

async function connect(ada: Viewer, server: Server, names: string[]): Promise<RemoteCalendar[]> {
  const urls: string[] = [];
  for (const name of names) urls.push(await server.makeCalendar(name));
  for (const url of urls) await server.putIcs(url, "theirs.ics", theirs);
  made.push(...urls.map((url) => ({ server, url })));
  await connectCaldav(ada, { server: server.url, username: server.user, password: server.password });
  return Promise.all(
    urls.map(async (url) => {
      const isIt = and(eq(calendars.remoteId, url), eq(calendars.hostId, ada.userId));
      const [row] = await database().select().from(calendars).where(isIt);
      return { id: row?.id ?? expect.fail(url), server, url, foreign: await server.listIcs(url) };
    }),
  );
}

const made: { server: Server; url: string }[] = [];
afterEach(async () => {
  for (const { server, url } of made.splice(0)) await server.deleteIcs(url);
});

/** What the worker does when it is asked to, and what then stands in each calendar. */
function watch<Name extends string>(ada: Viewer, own: Record<Name, RemoteCalendar>) {
  const all = Object.entries<RemoteCalendar>(own);
  const ids = all.map(([, { id }]) => id);
  const targets = () =>
    database().select().from(appointmentTargets).where(inArray(appointmentTargets.calendarId, ids));
  async function push(): Promise<number> {
    const asked = await database().execute<{ id: string }>(sql`
      with asked as (
        update inngest_events set routed_at = now()
        where routed_at is null and name = 'calendar/push.requested' and data::jsonb ->> 'calendarId' in ${ids}
        returning data::jsonb ->> 'calendarId' as id)
      select distinct id from asked`);
    for (const { id } of asked) await pushCalendar(id, new Date());
    return asked.length;
  }
  return {
    calendars: own,
    push,
    /** Until nothing more is asked for; reading it all again then asks for nothing either. */
    async settle() {
      while ((await push()) > 0);
      for (const id of ids) await pullCalendar(id, new Date());
      expect(await push()).toBe(0);
      const isOpen = ({ pushDueAt, divergedAt }: Target) => pushDueAt !== null || divergedAt !== null;
      expect((await targets()).filter(isOpen)).toEqual([]);
    },
    targets,
    /** Titles of what is ours, by calendar; hers must stand there untouched. */
    async titles() {
      const found: Record<string, string[]> = {};
      for (const [name, { server, url, foreign }] of all) {
        const bodies = await server.listIcs(url);
        for (const [href, body] of foreign) expect(bodies.get(href)).toBe(body);
        const ours = [...bodies].filter(([href]) => !foreign.has(href));
        found[name] = ours
          .flatMap(([, body]) => [...body.matchAll(/^SUMMARY:(.*?)\r?$/gm)].map(([, title]) => title ?? ""))
          .sort();
      }
      return found;
    },
    async bindings(calendarId?: string) {
      const hers = eq(calendarBindings.hostId, ada.userId);
      const rows = await database().select().from(calendarBindings).where(hers);
      return rows.filter((row) => !calendarId || row.calendarId === calendarId).map(({ id }) => id);
    },
  };
}
