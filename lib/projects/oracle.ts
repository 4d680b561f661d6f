import type { ProjectKind, ProjectRole } from "./schema";

/** A tree as the tests know it: what the product keeps in columns is looked up node by node here. */
export type Node = { id: string; parentId: string | null; kind: ProjectKind; isArchivedHere: boolean };
export type World = Map<string, Node>;

/** From the root to the node itself; null where that way goes round in a circle. */
export function wayOf(world: World, id: string): Node[] | null {
  const way: Node[] = [];
  for (let node = world.get(id); node; node = node.parentId ? world.get(node.parentId) : undefined) {
    if (way.includes(node)) return null;
    way.unshift(node);
  }
  return way;
}

/** Whether every node of the world stands where its kind may. */
export function isSound(world: World): boolean {
  return [...world.values()].every(({ id, kind }) => {
    const way = wayOf(world, id);
    if (!way || way.length > 12) return false;
    const nearest = way.slice(0, -1).findLast((above) => above.kind !== "project")?.kind;
    if (kind === "client") return nearest === undefined;
    if (kind === "litigation" || kind === "patent") return nearest === "client";
    if (kind === "case") return nearest === "litigation" || nearest === "patent";
    return true;
  });
}

/** What the table is to say of a node. */
export function rowOf(world: World, id: string) {
  const way = wayOf(world, id) ?? [];
  return {
    id,
    path: way.map((node) => node.id.replaceAll("-", "")).join("."),
    kindPath: way
      .map(({ kind }) => kind)
      .filter((kind) => kind !== "project")
      .join("."),
    isArchived: way.some(({ isArchivedHere }) => isArchivedHere),
  };
}

export type Membership = { projectId: string; userId: string; role: ProjectRole };

/** The strongest role somebody has on the way to a node; null for a stranger. */
export function roleOf(world: World, members: Membership[], userId: string, id: string): ProjectRole | null {
  const way = new Set((wayOf(world, id) ?? []).map((node) => node.id));
  const held = members.filter((each) => each.userId === userId && way.has(each.projectId));
  for (const role of ["manager", "editor", "viewer"] as const)
    if (held.some((each) => each.role === role)) return role;
  return null;
}
