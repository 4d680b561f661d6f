import type { calendarBindings } from "@/db/schema";
import { type Membership, roleOf, type World, wayOf } from "@/lib/projects/oracle";

/** What decides which appointments belong in which calendars, as the tests know it. */
export type Mirrors = {
  tree: World;
  members: Membership[];
  appointments: Map<string, MirroredAppointment>;
  /** The oldest first. */
  bindings: MirrorBinding[];
};

/** `isOff`: that of a booking which is not confirmed. */
export type MirroredAppointment = { id: string; ownerId: string; projectId: string | null; isOff: boolean };

export type MirrorBinding = Pick<
  typeof calendarBindings.$inferSelect,
  "id" | "hostId" | "calendarId" | "scope" | "scopeId" | "includePersonal" | "isEnabled"
>;

/** For each calendar, the appointments that belong in it, each with the binding that wants it there (docs/mirror.md). */
export function wantedIn(mirrors: Mirrors): Map<string, Map<string, string>> {
  const wanted = new Map<string, Map<string, string>>();
  for (const binding of mirrors.bindings) {
    const there = wanted.get(binding.calendarId) ?? new Map<string, string>();
    wanted.set(binding.calendarId, there);
    for (const appointment of mirrors.appointments.values())
      if (isWanted(mirrors, binding, appointment) && !there.has(appointment.id))
        there.set(appointment.id, binding.id);
  }
  return wanted;
}

function isWanted({ tree, members }: Mirrors, binding: MirrorBinding, appointment: MirroredAppointment) {
  const { scope, scopeId, hostId } = binding;
  if (!binding.isEnabled || appointment.isOff) return false;
  if (appointment.projectId === null) {
    const isPersonal = scope === "all_visible" || scope === "personal_only" || binding.includePersonal;
    return isPersonal && appointment.ownerId === hostId;
  }
  if (!roleOf(tree, members, hostId, appointment.projectId)) return false;
  if (scope === "all_visible") return true;
  if (scope === "personal_only") return false;
  if (scope === "project") return appointment.projectId === scopeId;
  return (wayOf(tree, appointment.projectId) ?? []).some(({ id }) => id === scopeId);
}
