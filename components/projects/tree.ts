import type { ProjectNode } from "@/lib/projects/list";
import { deepest, fitsBelow, isAtLeast, kindPathAbove } from "@/lib/projects/schema";

export type Tree = ReturnType<typeof growTree>;

/** What lies directly below what; null is the top. Nodes come in the order they are shown in. */
export function growTree(nodes: ProjectNode[]) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const below = new Map<string | null, ProjectNode[]>();
  for (const node of nodes) {
    const siblings = below.get(node.parentId);
    if (siblings) siblings.push(node);
    else below.set(node.parentId, [node]);
  }
  return { nodes, byId, below };
}

/** The nodes above one, from the top. */
export function wayTo(tree: Pick<Tree, "byId">, node: ProjectNode): ProjectNode[] {
  const above = node.parentId ? tree.byId.get(node.parentId) : undefined;
  return above ? [...wayTo(tree, above), above] : [];
}

/** A node and everything below it. */
export function subtreeOf(tree: Tree, node: ProjectNode): ProjectNode[] {
  return [node, ...(tree.below.get(node.id) ?? []).flatMap((child) => subtreeOf(tree, child))];
}

/** More matches than these are not shown: nobody reads them. */
export const mostMatches = 200;

/** Nodes whose name has all words of a search, up to `mostMatches` and one more. */
export function findMatches(nodes: ProjectNode[], search: string): ProjectNode[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  const found: ProjectNode[] = [];
  for (const node of nodes) {
    const name = fold(node.name);
    if (words.every((word) => name.includes(word))) found.push(node);
    if (found.length > mostMatches) break;
  }
  return found;
}

/** Whether the viewer may add something directly below. */
export function canHold({ role, isArchived, depth }: ProjectNode): boolean {
  return isAtLeast(role, "editor") && !isArchived && depth < deepest;
}

/** Where its manager may move a node to, besides the top; the server has the last word. */
export function placesFor(tree: Tree, node: ProjectNode): ProjectNode[] {
  const own = subtreeOf(tree, node);
  const ids = new Set(own.map(({ id }) => id));
  const levels = Math.max(...own.map(({ depth }) => depth)) - node.depth + 1;
  return tree.nodes.filter(
    (place) =>
      !ids.has(place.id) &&
      place.id !== node.parentId &&
      canHold(place) &&
      place.depth + levels <= deepest &&
      fits(own, node, place.kindPath),
  );
}

export function canBeTop(tree: Tree, node: ProjectNode): boolean {
  return !node.isRoot && fits(subtreeOf(tree, node), node, "");
}

function fits(own: ProjectNode[], { kindPath, kind }: ProjectNode, to: string): boolean {
  const kindPaths = [...new Set(own.map((each) => each.kindPath))];
  return fitsBelow(kindPaths, kindPathAbove(kindPath, kind), to);
}

/** Case and accents aside. */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
