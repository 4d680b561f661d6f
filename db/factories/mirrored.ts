import { and, eq, isNotNull } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, calendarBindings, syncLogs } from "@/db/schema";
import { pushCalendar } from "@/lib/mirror/push-calendar";
import type { FakeAccount } from "@/lib/providers";
import type { RecurrenceException } from "@/lib/providers/recurrence";
import { pullCalendar } from "@/lib/sync/pull";
import { reconcileTarget } from "@/lib/sync/reconcile";
import { reconcileDetail } from "@/lib/sync/reconcile-detail";
import { makeAppointment } from "./appointments";
import { makeFakeCalendar } from "./fake-calendar";
import { makeProject } from "./projects";
import { makeHost } from "./users";

type FakeEdit = Parameters<FakeAccount["edit"]>[2];
type Values = Partial<typeof appointments.$inferInsert>;

/** A calendar at a fake provider that everything its host sees is mirrored into. */
export async function makeBoundCalendar(hostId: string) {
  const fake = await makeFakeCalendar(hostId);
  const calendarId = fake.calendar.id;
  await database().insert(calendarBindings).values({ hostId, calendarId, scope: "all_visible" });
  return fake;
}

/** An appointment of its host's in a bound calendar of theirs, and what they do to it there. */
export async function makeMirrored(now: Date, values: Values = {}) {
  const { user } = await makeHost();
  const appointment = await makeAppointment({ ...values, ownerId: user.id });
  return watch(now, appointment, user.id);
}

type Role = "viewer" | "editor" | "manager";

/** A manager's appointment on a project, in a bound calendar of somebody else with that role. */
export async function makeMirroredProject(now: Date, role: Role, values: Values = {}) {
  const [{ user: owner }, { user: guest }] = await Promise.all([makeHost(), makeHost()]);
  const projectId = await makeProject({}, { [owner.id]: "manager", [guest.id]: role });
  const appointment = await makeAppointment({ ...values, ownerId: owner.id, projectId });
  return { ...(await watch(now, appointment, guest.id)), owner, guest, projectId };
}

export type Mirrored = Awaited<ReturnType<typeof makeMirrored>>;

async function watch(now: Date, { id }: typeof appointments.$inferSelect, hostId: string) {
  const fake = await makeBoundCalendar(hostId);
  const { account, remoteId, calendar } = fake;
  const push = (when: Date) => pushCalendar(calendar.id, when);
  const pull = (when: Date) => pullCalendar(calendar.id, when);
  for (const step of [pull, push, pull]) await step(now);
  const target = async () => {
    const isIt = and(
      eq(appointmentTargets.appointmentId, id),
      eq(appointmentTargets.calendarId, calendar.id),
    );
    const [row] = await database().select().from(appointmentTargets).where(isIt);
    return row;
  };
  const { id: targetId = "", uid: firstUid = "" } = (await target()) ?? {};
  const uid = async () => (await target())?.uid ?? firstUid;
  return {
    ...fake,
    hostId,
    push,
    pull,
    target,
    targetId,
    uid: firstUid,
    appointment: async () => {
      const [row] = await database().select().from(appointments).where(eq(appointments.id, id));
      return row;
    },
    /** Our copy, under the name it has now. */
    copy: async () => account.find(remoteId, await uid()),
    edit: (change: FakeEdit) => account.edit(remoteId, firstUid, change),
    editOccurrence: (exception: RecurrenceException) => account.editOccurrence(remoteId, firstUid, exception),
    remove: async () => account.remove(remoteId, await uid()),
    writes: () => account.calls.filter((call) => call === "put" || call === "delete").length,
    /** A notification came: the calendar is read, what it shows is settled, and what follows is pushed. */
    settle: async (when: Date) => {
      await pull(when);
      await reconcileTarget(targetId, when);
      await push(when);
    },
    details: () => listDetails(calendar.id),
  };
}

/** What the log keeps of each settlement, in their order. */
async function listDetails(calendarId: string) {
  const isOne = and(
    eq(syncLogs.calendarId, calendarId),
    eq(syncLogs.operation, "reconcile"),
    isNotNull(syncLogs.detail),
  );
  const rows = await database()
    .select({ detail: syncLogs.detail, bindingId: syncLogs.bindingId })
    .from(syncLogs)
    .where(isOne)
    .orderBy(syncLogs.id);
  return rows.map(({ detail, bindingId }) => ({ ...reconcileDetail.parse(detail), bindingId }));
}
