import { expect, test } from "vitest";
import type { ProjectNode } from "@/lib/projects/list";
import type { ProjectKind } from "@/lib/projects/schema";
import { canBeTop, findMatches, growTree, mostMatches, placesFor, subtreeOf, wayTo } from "./tree";

type Line = [id: string, kind: ProjectKind, kindPath: string, parentId: string | null, more?: object];

const lines: Line[] = [
  ["acme", "client", "client", null],
  ["suit", "litigation", "client.litigation", "acme"],
  ["appeal", "case", "client.litigation.case", "suit"],
  ["drafts", "project", "client.litigation.case", "appeal"],
  ["bolt", "client", "client", null],
  ["group", "project", "", null],
  ["inner", "client", "client", "group"],
  ["read only", "client", "client", null, { role: "viewer" }],
  ["old", "client", "client", null, { isArchived: true }],
];
const nodes: ProjectNode[] = [];
for (const [id, kind, kindPath, parentId, more] of lines)
  nodes.push({
    id,
    kind,
    kindPath,
    parentId,
    isRoot: parentId === null,
    depth: (nodes.find((node) => node.id === parentId)?.depth ?? 0) + 1,
    name: id,
    color: "#0e8a8c",
    role: "manager",
    isArchived: false,
    isArchivedHere: false,
    isUsed: false,
    ...more,
  });
const tree = growTree(nodes);
const node = (id: string) => tree.byId.get(id) as ProjectNode;
const idsOf = (found: ProjectNode[]) => found.map(({ id }) => id);

test("knows what lies below, and the way there", () => {
  expect(idsOf(subtreeOf(tree, node("suit")))).toEqual(["suit", "appeal", "drafts"]);
  expect(idsOf(wayTo(tree, node("appeal")))).toEqual(["acme", "suit"]);
});

test("offers the places where something fits, and may be added", () => {
  expect(idsOf(placesFor(tree, node("suit")))).toEqual(["bolt", "inner"]);
  expect(idsOf(placesFor(tree, node("appeal")))).toEqual([]);
  expect(idsOf(placesFor(tree, node("group")))).toEqual([]);
  expect(idsOf(placesFor(tree, node("acme")))).toEqual(["group"]);
  expect(idsOf(placesFor(tree, node("drafts")))).toEqual(["acme", "suit", "bolt", "group", "inner"]);
  expect(["acme", "suit", "drafts", "inner"].map((id) => canBeTop(tree, node(id)))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test("finds names by their words, whatever their case and accents, and not without end", () => {
  const named = (name: string) => ({ ...node("acme"), name });
  const found = findMatches([named("Société Générale"), named("General Store")], "GENER soc");
  expect(found.map(({ name }) => name)).toEqual(["Société Générale"]);
  expect(findMatches(Array(1000).fill(node("acme")), "acme")).toHaveLength(mostMatches + 1);
});
