import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { startClockAt } from "@/db/factories/fake-clock";
import { makeProject } from "@/db/factories/projects";
import { makeHost } from "@/db/factories/users";
import { startVirtualEngine } from "@/db/factories/virtual-engine";
import { appointmentTargets, calendarBindings, calendars, syncLogs } from "@/db/schema";
import { changeAppointment } from "@/lib/appointments/change";
import { createAppointment } from "@/lib/appointments/create";
import { removeAppointment } from "@/lib/appointments/remove";
import { changeBinding } from "@/lib/bindings/change";
import { createBinding } from "@/lib/bindings/create";
import { removeBinding } from "@/lib/bindings/remove";
import { AppError } from "@/lib/errors";
import { removeMember } from "@/lib/projects/members/remove";
import { moveProject } from "@/lib/projects/move";
import { functions } from ".";

// What the host does goes through the verbs, what follows through triggers and the engine; nothing is pushed by hand.

const start = new Date("2026-03-02T08:00:00Z");
const away = new AppError("unavailable", "The server is away.");

startClockAt(start);
beforeEach(async () => {
  await database().execute(sql`delete from inngest_events`);
});

/** A firm: two clients, a case below the first, a manager, and a colleague with a calendar. */
async function makeFirm() {
  const [manager, colleague] = await Promise.all([makeHost(), makeHost()]);
  const ids = { [manager.user.id]: "manager", [colleague.user.id]: "viewer" } as const;
  const acme = await makeProject({ kind: "client", name: "Acme" }, ids);
  const other = await makeProject({ kind: "client", name: "Other" }, { [manager.user.id]: "manager" });
  const suit = await makeProject({ kind: "litigation", name: "Suit", parentId: acme });
  const fake = await makeFakeCalendar(colleague.user.id);
  const { account, remoteId, calendar } = fake;
  account.save(remoteId, { uid: "foreign", occurrences: [] });
  const foreign = structuredClone(account.find(remoteId, "foreign"));
  const engine = startVirtualEngine(functions);
  const add = (title: string, projectId: string | null) =>
    createAppointment(
      projectId === null ? colleague.viewer : manager.viewer,
      {
        title,
        projectId,
        time: { kind: "timed", startsAt: "2026-03-09T09:00:00Z", endsAt: "2026-03-09T10:00:00Z" },
        timeZone: "Europe/Berlin",
      },
      new Date(),
    );
  return {
    manager: manager.viewer,
    colleague: colleague.viewer,
    acme,
    other,
    suit,
    account,
    calendarId: calendar.id,
    runDue: engine.runDue,
    /** Time passes, and with it every schedule. */
    wait: async (minutes: number) => {
      for (let n = 0; n < minutes; n += 1) {
        vi.setSystemTime(Date.now() + 60_000);
        await engine.runDue();
      }
    },
    add,
    bind: (values: object) =>
      createBinding(colleague.viewer, { calendar_id: calendar.id, ...values }, new Date()),
    /** Titles of ours in the calendar; what is foreign there must be as it was. */
    titles: () => {
      expect(account.find(remoteId, "foreign")).toEqual(foreign);
      return account
        .events(remoteId)
        .flatMap(({ draft }) => (draft ? [draft.title] : []))
        .sort();
    },
    isMirrored: async () => {
      const [row] = await database().select().from(calendars).where(eq(calendars.id, calendar.id));
      return row?.isMirrored;
    },
    targets: () =>
      database().select().from(appointmentTargets).where(eq(appointmentTargets.calendarId, calendar.id)),
  };
}

test("what is saved is in the calendar at once, and so is each change of it", async () => {
  const firm = await makeFirm();
  await firm.bind({ scope: "client", scope_id: firm.acme, include_personal: true });
  const hearing = await firm.add("Hearing", firm.suit);
  await firm.add("Dentist", null);
  await firm.add("Not theirs", firm.other);
  await firm.runDue();
  expect(firm.titles()).toEqual(["Dentist", "Hearing"]);
  const { revision } = hearing;
  await changeAppointment(firm.manager, hearing.id, { revision, title: "Trial" }, new Date());
  await firm.runDue();
  expect(firm.titles()).toEqual(["Dentist", "Trial"]);
  await removeAppointment(firm.manager, hearing.id, { revision: revision + 1 }, new Date());
  await firm.runDue();
  expect(firm.titles()).toEqual(["Dentist"]);
});

test("what is saved sets out for all its calendars at once, however long one of them takes", async () => {
  const firm = await makeFirm();
  const others = await Promise.all([1, 2].map(() => makeFakeCalendar(firm.colleague.userId)));
  const calendarIds = [firm.calendarId, ...others.map(({ calendar }) => calendar.id)];
  const accounts = [firm.account, ...others.map(({ account }) => account)];
  for (const calendar_id of calendarIds) await firm.bind({ calendar_id, scope: "all_visible" });
  await firm.runDue();
  const release: (() => void)[] = [];
  for (const account of accounts) {
    account.calls.length = 0;
    account.held = new Promise((done) => release.push(done));
  }
  await firm.add("Dentist", null);
  const running = firm.runDue();
  while (accounts.some(({ calls }) => calls.length === 0)) await new Promise((later) => setImmediate(later));
  for (const letGo of release) letGo();
  await running;
  expect(accounts.map(({ calls }) => calls)).toEqual([["put"], ["put"], ["put"]]);
});

test("who loses sight of a project has it in no calendar any more", async () => {
  const firm = await makeFirm();
  await firm.bind({ scope: "all_visible" });
  await firm.add("Hearing", firm.suit);
  await firm.add("Dentist", null);
  await firm.runDue();
  expect(firm.titles()).toEqual(["Dentist", "Hearing"]);
  await removeMember(firm.manager, { projectId: firm.acme, userId: firm.colleague.userId });
  await firm.runDue();
  expect(firm.titles()).toEqual(["Dentist"]);
});

test("a project that moves takes its appointments along", async () => {
  const firm = await makeFirm();
  await firm.bind({ scope: "client", scope_id: firm.acme });
  await firm.add("Hearing", firm.suit);
  await firm.runDue();
  expect(firm.titles()).toEqual(["Hearing"]);
  await moveProject(firm.manager, firm.suit, { parentId: firm.other });
  await firm.runDue();
  expect(firm.titles()).toEqual([]);
  await moveProject(firm.manager, firm.suit, { parentId: firm.acme });
  await firm.runDue();
  expect(firm.titles()).toEqual(["Hearing"]);
});

test("a binding with another scope, switched off, or on another calendar takes back what it does not copy", async () => {
  const firm = await makeFirm();
  const id = await firm.bind({ scope: "all_visible" });
  await firm.add("Hearing", firm.suit);
  await firm.add("Dentist", null);
  const change = async (values: object) => {
    await changeBinding(firm.colleague, id, values, new Date());
    await firm.runDue();
  };
  await change({ scope: "personal_only" });
  expect(firm.titles()).toEqual(["Dentist"]);
  await change({ scope: "litigation", scope_id: firm.suit });
  expect(firm.titles()).toEqual(["Hearing"]);
  await change({ enabled: false });
  expect([firm.titles(), await firm.targets(), await firm.isMirrored()]).toEqual([[], [], false]);
  await change({ enabled: true });
  expect([firm.titles(), await firm.isMirrored()]).toEqual([["Hearing"], true]);
  const next = await makeFakeCalendar(firm.colleague.userId);
  await change({ calendar_id: next.calendar.id });
  expect([firm.titles(), await firm.isMirrored()]).toEqual([[], false]);
  expect(next.account.events(next.remoteId).map(({ draft }) => draft?.title)).toEqual(["Hearing"]);
});

test("a deleted binding is gone at once, and its copies as soon as the server is back", async () => {
  const firm = await makeFirm();
  const id = await firm.bind({ scope: "all_visible" });
  await firm.add("Hearing", firm.suit);
  await firm.add("Dentist", null);
  await firm.runDue();
  for (let n = 0; n < 4; n += 1) firm.account.failNext("delete", away);
  await removeBinding(firm.colleague, id);
  expect(await database().select().from(calendarBindings).where(eq(calendarBindings.id, id))).toEqual([]);
  await firm.runDue();
  expect([firm.titles(), await firm.isMirrored()]).toEqual([["Dentist", "Hearing"], true]);
  await firm.wait(5);
  expect(firm.titles()).toHaveLength(2);
  await firm.wait(10);
  expect([firm.titles(), await firm.targets(), await firm.isMirrored()]).toEqual([[], [], false]);
  const runs = await database()
    .select({ bindingId: syncLogs.bindingId, status: syncLogs.status })
    .from(syncLogs)
    .where(sql`${syncLogs.calendarId} = ${firm.calendarId} and ${syncLogs.operation} = 'push'`);
  // The row of the run that the binding was there for stays, as a run of none.
  expect([...new Set(runs.map(({ bindingId }) => bindingId))]).toEqual([null]);
  expect(runs.map(({ status }) => status).sort()).toEqual(["error", "error", "ok", "ok"]);
});

test("what no event told of is found within the hour, and what failed within minutes", async () => {
  const firm = await makeFirm();
  await firm.bind({ scope: "all_visible" });
  await firm.add("Dentist", null);
  await database().execute(sql`delete from inngest_events`);
  await database().execute(sql`delete from appointment_targets where calendar_id = ${firm.calendarId}::uuid`);
  firm.account.failNext("put", away);
  await firm.wait(65);
  expect(firm.titles()).toEqual(["Dentist"]);
});

test("an account that lets us in again gets at once what waited for it", async () => {
  const firm = await makeFirm();
  await firm.bind({ scope: "all_visible" });
  await firm.runDue();
  const refused = () => new AppError("reconnect", "The password was refused.");
  for (let n = 0; n < 20; n += 1) firm.account.failNext("put", refused());
  await firm.add("Dentist", null);
  await firm.runDue();
  await database().execute(sql`
    update appointment_targets set push_due_at = ${new Date(start.getTime() + 6 * 3_600_000).toISOString()}
    where calendar_id = ${firm.calendarId}::uuid`);
  while (firm.account.takeFailure("put", false));
  // A reading of the calendar goes well, and so the account is connected again.
  await firm.wait(20);
  expect(firm.titles()).toEqual(["Dentist"]);
});
