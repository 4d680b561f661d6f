import type { ProjectNode } from "@/lib/projects/list";
import type { CalendarItem } from "./item";

/** What an item comes from: what it is coloured by, and can be hidden with. */
export type Source = { key: string; name: string; color: string };

export const personal: Source = { key: "personal", name: "Personal", color: "var(--muted)" };
export const bookings: Source = { key: "bookings", name: "Bookings", color: "var(--accent)" };

export function sourceOf({ bookingId, project }: Pick<CalendarItem, "bookingId" | "project">): Source {
  if (bookingId) return bookings;
  return project ? { key: project.id, name: project.name, color: project.color } : personal;
}

/** The sources of what is looked at, and those that are hidden; personal and bookings first, then as in the tree. */
export function sourcesOf(items: CalendarItem[], hidden: string[], projects: ProjectNode[]): Source[] {
  const found = new Map(items.map((item) => [sourceOf(item).key, sourceOf(item)]));
  const wanted = new Set([...found.keys(), ...hidden]);
  const known = [personal, bookings, ...projects.map(({ id, name, color }) => ({ key: id, name, color }))];
  return known.filter(({ key }) => wanted.has(key));
}

/** The name of where an appointment lies. */
export const nameIn = (projects: ProjectNode[]) => (projectId: string | null) =>
  projectId === null
    ? personal.name
    : (projects.find(({ id }) => id === projectId)?.name ?? "A project you do not see");
