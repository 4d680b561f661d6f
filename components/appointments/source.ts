import type { ProjectNode } from "@/lib/projects/list";
import { isFeed, type ShownItem } from "./feed-item";
import type { Source } from "./item";

export const personal: Source = { key: "personal", name: "Personal", color: "var(--muted)" };
export const bookings: Source = { key: "bookings", name: "Bookings", color: "var(--accent)" };

/** A subscribed calendar, as far as the calendar page names it. */
export type Feed = { id: string; name: string; color: string };

export function sourceOf(item: ShownItem): Source {
  if (isFeed(item)) return item.source;
  const { bookingId, project } = item;
  if (bookingId) return bookings;
  return project ? { key: project.id, name: project.name, color: project.color } : personal;
}

/** An event of a feed may have a colour of its own. */
export const colorOf = (item: ShownItem): string => (isFeed(item) ? item.color : sourceOf(item).color);

/**
 * The sources of what is looked at, and those that are hidden; personal and bookings first, then projects as in the tree,
 * and feeds.
 */
export function sourcesOf(
  items: ShownItem[],
  hidden: string[],
  { projects, feeds }: { projects: ProjectNode[]; feeds: Feed[] },
): Source[] {
  const found = new Map(items.map((item) => [sourceOf(item).key, sourceOf(item)]));
  const wanted = new Set([...found.keys(), ...hidden]);
  const named = [...projects, ...feeds].map(({ id, name, color }) => ({ key: id, name, color }));
  const known = [personal, bookings, ...named];
  return known.filter(({ key }) => wanted.has(key));
}

/** The name of where an appointment lies. */
export const nameIn = (projects: ProjectNode[]) => (projectId: string | null) =>
  projectId === null
    ? personal.name
    : (projects.find(({ id }) => id === projectId)?.name ?? "A project you do not see");
