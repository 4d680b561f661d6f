import fc from "fast-check";
import { expect, test } from "vitest";
import { sumUp } from "./reach";

/** Trees in the order they are listed in: a node lies below one before it, or at the top. */
const world = fc
  .array(
    fc.record({
      up: fc.nat(5),
      copies: fc.nat(4),
      waiting: fc.nat(4),
      at: fc.option(fc.nat(9), { nil: null }),
    }),
    {
      maxLength: 12,
    },
  )
  .map((drawn) => {
    const ways: number[][] = [];
    const nodes = drawn.map(({ up }, index) => {
      const before = ways.at(-1) ?? [];
      const way = [...before.slice(0, Math.max(0, before.length - up + 1)), index];
      ways.push(way);
      return { id: String(index), parentId: way.length > 1 ? String(way.at(-2)) : null };
    });
    return { nodes, ways, drawn };
  });

test("a node has the sum of itself and all below, and a time only where nothing waits", () => {
  fc.assert(
    fc.property(world, ({ nodes, ways, drawn }) => {
      const own = new Map(
        drawn.flatMap(({ copies, waiting, at }, index) =>
          copies === 0
            ? []
            : [
                [
                  String(index),
                  {
                    copies,
                    waiting: Math.min(waiting, copies),
                    failing: 0,
                    pushedAt: at === null ? null : new Date(at),
                  },
                ] as const,
              ],
        ),
      );
      const sums = sumUp(nodes, own);
      for (const [index, { id }] of nodes.entries()) {
        const inside = ways.flatMap((way, other) => (way.includes(index) ? [own.get(String(other))] : []));
        const parts = inside.filter((part) => part !== undefined);
        const reach = sums[id];
        expect(reach !== undefined).toBe(parts.length > 0);
        if (!reach) continue;
        expect(reach.copies).toBe(parts.reduce((sum, part) => sum + part.copies, 0));
        expect(reach.waiting).toBe(parts.reduce((sum, part) => sum + part.waiting, 0));
        const times = parts.flatMap(({ pushedAt }) => (pushedAt ? [pushedAt.getTime()] : []));
        const last = reach.waiting > 0 || times.length === 0 ? null : new Date(Math.max(...times));
        expect(reach.calendarLastSyncedAt).toEqual(last);
      }
    }),
  );
});
