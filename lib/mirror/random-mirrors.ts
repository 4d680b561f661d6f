import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import type { Transaction } from "@/db/client";
import { appointments, bookings, calendarBindings, projectMembers, projects } from "@/db/schema";
import { isSound, type Membership } from "@/lib/projects/oracle";
import { after, type Change, change } from "@/lib/projects/random-trees";
import { projectRoles } from "@/lib/projects/schema";
import type { MirrorBinding, Mirrors } from "./oracle";
import { addTarget } from "./targets";

const place = fc.nat(1000);
const scopes = ["all_visible", "personal_only", "project", "client", "litigation", "patent", "case"] as const;
const binding = {
  calendar: place,
  scope: fc.constantFrom(...scopes),
  node: place,
  includePersonal: fc.boolean(),
  isEnabled: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
};
const node = fc.option(place, { freq: 4 });
const role = fc.constantFrom(...projectRoles);

const tree = fc.record({ do: fc.constant("tree" as const), change });
const join = fc.record({ do: fc.constant("join" as const), host: place, node: place, role });
const add = fc.record({ do: fc.constant("add" as const), host: place, node });
const bind = fc.record({ do: fc.constant("bind" as const), host: place, ...binding });
const status = fc.constantFrom("pending" as const, "confirmed" as const, "declined" as const);

/** One thing that happens to a firm; numbers choose among what there is. */
export const step = fc.oneof(
  { weight: 5, arbitrary: tree },
  { weight: 3, arbitrary: join },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("leave" as const), member: place }) },
  { weight: 4, arbitrary: add },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("edit" as const), appointment: place }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("place" as const), appointment: place, node }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete" as const), appointment: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("book" as const), host: place, status }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), appointment: place }) },
  { weight: 2, arbitrary: bind },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("rebind" as const), binding: place, ...binding }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("unbind" as const), binding: place }) },
);

const some = <T>(arbitrary: fc.Arbitrary<T>, least: number, most: number) =>
  fc.array(arbitrary, { minLength: least, maxLength: most, size: "max" });

/** How a firm comes to be, with a tree worth the name. */
export const opening = fc
  .tuple(some(tree, 30, 60), some(join, 3, 8), some(bind, 4, 10), some(add, 5, 12))
  .map((parts): Step[] => parts.flat());

export const history = fc.record({ opening, steps: some(step, 8, 24) });

type Value<T> = T extends fc.Arbitrary<infer V> ? V : never;
export type Step = Value<typeof step>;

export type Host = { id: string; eventTypeId: string; calendars: string[] };
/** A firm: its mirrors, whose calendars there are, and which copies of bookings the destinations got. */
export type Firm = Mirrors & {
  hosts: Host[];
  /** Manages every project, so that the others may come and go. */
  boss: string;
  destinations: Map<string, string>;
  clock: number;
};

export const newFirm = (hosts: Host[], boss: string): Firm => ({
  hosts,
  boss,
  tree: new Map(),
  members: [],
  appointments: new Map(),
  bindings: [],
  destinations: new Map(),
  clock: Date.parse("2027-01-04T09:00:00Z"),
});

/** Does it in the database, by SQL, and to the firm; nothing where there is nothing to do it to. */
export async function play(tx: Transaction, firm: Firm, one: Step): Promise<void> {
  switch (one.do) {
    case "tree":
      return playTree(tx, firm, one.change);
    case "join":
      return joinNode(tx, firm, one);
    case "leave": {
      const [member] = firm.members.splice(one.member % Math.max(firm.members.length, 1), 1);
      if (member)
        await tx.execute(sql`delete from project_members
          where project_id = ${member.projectId} and user_id = ${member.userId}`);
      return;
    }
    case "bind":
    case "rebind":
      return setBinding(tx, firm, one);
    case "unbind": {
      const [gone] = firm.bindings.splice(one.binding % Math.max(firm.bindings.length, 1), 1);
      if (gone) await tx.delete(calendarBindings).where(eq(calendarBindings.id, gone.id));
      return;
    }
    case "add":
      return addAppointment(tx, firm, {
        ownerId: pick(firm.hosts, one.host)?.id ?? "",
        projectId: nodeAt(firm, one.node),
      });
    case "book":
      return book(tx, firm, one);
    default:
      return changeAppointment(tx, firm, one);
  }
}

const pick = <T>(all: T[], number: number): T | undefined => all[number % Math.max(all.length, 1)];
const nodeAt = ({ tree }: Firm, number: number | null) =>
  number === null ? null : (pick([...tree.keys()], number) ?? null);

async function playTree(tx: Transaction, firm: Firm, one: Change): Promise<void> {
  const done = after(firm.tree, one);
  if (!done || !isSound(done.next)) return;
  const { id, parentId, kind } = done.node;
  if (one.do === "add") {
    await tx.insert(projects).values({ id, parentId, kind, name: "Node", color: "#3d7cdb" });
    await tx.insert(projectMembers).values({ projectId: id, userId: firm.boss, role: "manager" });
  } else if (one.do === "move") await tx.update(projects).set({ parentId }).where(eq(projects.id, id));
  else
    await tx
      .update(projects)
      .set({ archivedAt: one.do === "archive" ? new Date() : null })
      .where(eq(projects.id, id));
  firm.tree = done.next;
}

type Join = Extract<Step, { do: "join" }>;

async function joinNode(tx: Transaction, firm: Firm, { host, node, role }: Join): Promise<void> {
  const projectId = nodeAt(firm, node);
  const userId = pick(firm.hosts, host)?.id;
  if (!projectId || !userId) return;
  const row: Membership = { projectId, userId, role };
  await tx
    .insert(projectMembers)
    .values(row)
    .onConflictDoUpdate({ target: [projectMembers.projectId, projectMembers.userId], set: { role } });
  firm.members = [...firm.members.filter((m) => m.projectId !== projectId || m.userId !== userId), row];
}

type Bind = Extract<Step, { do: "bind" | "rebind" }>;

async function setBinding(tx: Transaction, firm: Firm, one: Bind): Promise<void> {
  const before = one.do === "rebind" ? pick(firm.bindings, one.binding) : undefined;
  const host = before
    ? firm.hosts.find(({ id }) => id === before.hostId)
    : one.do === "bind" && pick(firm.hosts, one.host);
  if (!host) return;
  const { scope, includePersonal, isEnabled } = one;
  const isOfNode = scope !== "all_visible" && scope !== "personal_only";
  const fitting = [...firm.tree.values()].filter(({ kind }) => scope === "project" || kind === scope);
  const scopeId = isOfNode ? (pick(fitting, one.node)?.id ?? null) : null;
  if (isOfNode && !scopeId) return;
  const row: MirrorBinding = {
    id: before?.id ?? randomUUID(),
    hostId: host.id,
    calendarId: pick(host.calendars, one.calendar) ?? "",
    scope,
    scopeId,
    includePersonal,
    isEnabled,
  };
  const isThere = (other: MirrorBinding) =>
    other.id !== row.id &&
    other.calendarId === row.calendarId &&
    other.scope === scope &&
    other.scopeId === scopeId;
  if (firm.bindings.some(isThere)) return;
  if (before) {
    const { id, hostId, ...values } = row;
    await tx.update(calendarBindings).set(values).where(eq(calendarBindings.id, id));
    firm.bindings = firm.bindings.map((other) => (other.id === id ? row : other));
  } else {
    firm.clock += 1000;
    await tx.insert(calendarBindings).values({ ...row, createdAt: new Date(firm.clock) });
    firm.bindings.push(row);
  }
}

type New = { ownerId: string; projectId: string | null; bookingId?: string; isOff?: boolean };

async function addAppointment(
  tx: Transaction,
  firm: Firm,
  { ownerId, projectId, bookingId, isOff = false }: New,
) {
  const id = randomUUID();
  firm.clock += 3_600_000;
  const [startsAt, endsAt] = [new Date(firm.clock), new Date(firm.clock + 1_800_000)];
  const values = {
    id,
    ownerId,
    projectId,
    bookingId: bookingId ?? null,
    uid: `${id}@calends`,
    startsAt,
    endsAt,
  };
  const [row] = await tx
    .insert(appointments)
    .values({ ...values, title: "New", timeZone: "UTC" })
    .returning();
  firm.appointments.set(id, { id, ownerId, projectId, isOff });
  const destination = firm.hosts.find((host) => host.id === ownerId)?.calendars[0];
  if (!bookingId || isOff || !row || !destination) return;
  await addTarget(tx, row);
  firm.destinations.set(id, destination);
}

type Book = Extract<Step, { do: "book" }>;

async function book(tx: Transaction, firm: Firm, { host: number, status }: Book): Promise<void> {
  const host = pick(firm.hosts, number);
  if (!host) return;
  firm.clock += 3_600_000;
  const [booking] = await tx
    .insert(bookings)
    .values({
      hostId: host.id,
      eventTypeId: host.eventTypeId,
      startsAt: new Date(firm.clock),
      endsAt: new Date(firm.clock + 1_800_000),
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      status,
      ...(status === "declined" && { declineReason: "conflict" as const }),
      visitorName: "Vera Visitor",
      visitorEmail: "vera@example.test",
      visitorTimeZone: "UTC",
      idempotencyKey: randomUUID(),
    })
    .returning();
  if (booking)
    await addAppointment(tx, firm, {
      ownerId: host.id,
      projectId: null,
      bookingId: booking.id,
      isOff: status !== "confirmed",
    });
}

type OfAppointment = Extract<Step, { do: "edit" | "place" | "delete" | "cancel" }>;

async function changeAppointment(tx: Transaction, firm: Firm, one: OfAppointment): Promise<void> {
  const found = pick([...firm.appointments.values()], one.appointment);
  if (!found) return;
  const isIt = eq(appointments.id, found.id);
  const [{ bookingId = null } = {}] = await tx
    .select({ bookingId: appointments.bookingId })
    .from(appointments)
    .where(isIt);
  if (one.do === "edit") {
    await tx.update(appointments).set({ title: randomUUID() }).where(isIt);
  } else if (one.do === "cancel" && bookingId) {
    await tx
      .update(bookings)
      .set({ status: "cancelled", cancelledBy: "host" })
      .where(and(eq(bookings.id, bookingId), eq(bookings.status, "confirmed")));
    // As the push of a booking does.
    await tx.execute(sql`select aim_targets(null, ${found.id})`);
    found.isOff = true;
  } else if (one.do === "place" && !bookingId) {
    found.projectId = nodeAt(firm, one.node);
    await tx.update(appointments).set({ projectId: found.projectId }).where(isIt);
  } else if (one.do === "delete" && !bookingId) {
    await tx.delete(appointments).where(isIt);
    firm.appointments.delete(found.id);
  }
}
