import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { Node, World } from "./oracle";
import { isSound } from "./oracle";
import { projectKinds } from "./schema";

const place = fc.nat(1000);
// A third of all at the top; more often deep than not, because the newest nodes are.
const parent = fc.option(place, { freq: 3 });

/** One thing done to a tree; numbers choose among the nodes there are. */
export type Change = { node: number; parent: number | null } & (
  | { do: "add"; kind: Node["kind"] }
  | { do: "move" | "archive" | "restore" }
);

export const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("add" as const), kind: kinds(), node: place, parent }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("move" as const), node: place, parent }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("archive" as const, "restore" as const),
      node: place,
      parent: fc.constant(null),
    }),
  },
);

function kinds() {
  return fc.constantFrom(...projectKinds);
}

/** The world after a change, whether it may be or not; null when there is nothing to change. */
export function after(world: World, step: Change): { next: World; node: Node } | null {
  const nodes = [...world.values()];
  const pick = (number: number | null) =>
    number === null ? null : (nodes[number % Math.max(nodes.length, 1)]?.id ?? null);
  const next: World = new Map([...world].map(([id, node]) => [id, { ...node }]));
  if (step.do === "add") {
    const node = { id: randomUUID(), parentId: pick(step.parent), kind: step.kind, isArchivedHere: false };
    return { next: next.set(node.id, node), node };
  }
  const node = next.get(pick(step.node) ?? "");
  if (!node) return null;
  if (step.do === "move") node.parentId = pick(step.parent);
  else node.isArchivedHere = step.do === "archive";
  return { next, node };
}

/** What becomes of changes of which only the good ones happen. */
export function grow(steps: Change[]): World {
  let world: World = new Map();
  for (const step of steps) {
    const done = after(world, step);
    if (done && isSound(done.next)) world = done.next;
  }
  return world;
}
