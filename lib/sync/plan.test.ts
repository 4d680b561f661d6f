import { describe, expect, test } from "vitest";
import type { ChangePage, RemoteEvent } from "@/lib/providers/provider";
import { planChanges } from "./plan";

const page = (values: Partial<ChangePage>): ChangePage => ({
  upserts: [],
  deletions: [],
  unreadable: [],
  ...values,
});

const event = (id: string, ...keys: string[]): RemoteEvent => ({
  id,
  uid: `uid-${id}`,
  etag: `"${id}"`,
  occurrences: keys.map((key) => ({
    key,
    title: `Event ${id}`,
    time: {
      kind: "timed",
      startsAt: new Date("2026-06-01T09:00:00Z"),
      endsAt: new Date("2026-06-01T10:00:00Z"),
    },
    status: "confirmed",
    transparency: "opaque",
  })),
});

describe("planChanges", () => {
  test("names every changed event, also one without an occurrence in the window", () => {
    const plan = planChanges(
      [page({ upserts: [event("a", "1", "2"), event("b")], cursor: "c2" })],
      false,
      {},
    );
    expect(plan.rows.map((row) => row.occurrenceKey)).toEqual(["1", "2"]);
    expect(plan.changed.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(plan).toMatchObject({ deletedIds: [], existingIds: null, cursor: "c2" });
  });

  test("takes the last word on an event that several pages speak of", () => {
    const deletedLast = planChanges(
      [page({ upserts: [event("a", "")] }), page({ deletions: ["a"], cursor: "c" })],
      false,
      {},
    );
    expect(deletedLast).toMatchObject({ changed: [], deletedIds: ["a"], rows: [] });
    const createdLast = planChanges(
      [page({ deletions: ["a"] }), page({ upserts: [event("a", "")], cursor: "c" })],
      false,
      {},
    );
    expect(createdLast).toMatchObject({ changed: [{ id: "a" }], deletedIds: [] });
  });

  test("takes the deletion of a series for all of it, unless it comes back", () => {
    const one = { ...event("s_1", ""), seriesId: "s" };
    const two = { ...event("s_2", ""), seriesId: "s" };
    const plan = planChanges(
      [page({ upserts: [one, event("other", "")] }), page({ deletions: ["s"], upserts: [two], cursor: "c" })],
      false,
      {},
    );
    expect(plan.changed.map(({ id }) => id)).toEqual(["other", "s_2"]);
    expect(plan.rows.map(({ seriesId }) => seriesId)).toEqual([null, "s"]);
    expect(plan.deletedIds).toEqual(["s"]);
  });

  test("lists what exists after a reset, on any page, or when everything was asked for", () => {
    expect(
      planChanges([page({ upserts: [event("a", "")] }), page({ reset: true, cursor: "c" })], false, {})
        .existingIds,
    ).toEqual(["a"]);
    expect(planChanges([page({ cursor: "c" })], true, {}).existingIds).toEqual([]);
  });

  test("keeps what it cannot read: neither changed nor deleted, and existing after a reset", () => {
    const plan = planChanges(
      [page({ reset: true, unreadable: [{ id: "x", reason: "No DTSTART" }], cursor: "c" })],
      false,
      {},
    );
    expect(plan).toMatchObject({
      changed: [],
      deletedIds: [],
      existingIds: ["x"],
      unreadable: { x: "No DTSTART" },
    });
  });

  test("remembers unreadable events until they are read or gone", () => {
    const before = { x: "bad", y: "bad", z: "bad" };
    const plan = planChanges(
      [page({ upserts: [event("x", "")], deletions: ["y"], cursor: "c" })],
      false,
      before,
    );
    expect(plan.unreadable).toEqual({ z: "bad" });
  });

  test("counts what is known and was not read as existing, and says nothing of it", () => {
    const pages = [
      page({ upserts: [event("b", "")], unreadable: [{ id: "c", reason: "bad" }] }),
      page({ unchanged: ["a", "b", "c"], cursor: "c" }),
    ];
    expect(planChanges(pages, false, { a: "bad" })).toMatchObject({
      rows: [],
      changed: [],
      deletedIds: [],
      unchangedIds: ["a", "b", "c"],
      existingIds: null,
      unreadable: {},
    });
    expect(planChanges(pages, true, {}).existingIds).toEqual(["a", "b", "c"]);
    const gone = planChanges([...pages, page({ deletions: ["a"], upserts: [event("b", "")] })], true, {});
    expect(gone).toMatchObject({ unchangedIds: ["c"], deletedIds: ["a"], changed: [{ id: "b" }] });
    expect(gone.existingIds?.toSorted()).toEqual(["b", "c"]);
  });

  test("names the series of occurrences as existing, once", () => {
    const occurrences = ["s_1", "s_2"].map((id) => ({ ...event(id, ""), seriesId: "s" }));
    expect(planChanges([page({ upserts: occurrences })], true, {}).existingIds).toEqual(["s_1", "s", "s_2"]);
  });

  test("makes rows PostgreSQL can take: no U+0000, one row per occurrence", () => {
    const odd = event("a", "", "");
    for (const occurrence of odd.occurrences) occurrence.title = `a\u0000${"b".repeat(600)}`;
    const { rows } = planChanges([page({ upserts: [odd], cursor: "c" })], false, {});
    expect(rows).toHaveLength(1);
    expect(rows[0]?.title).toHaveLength(500);
    expect(rows[0]?.title).not.toContain("\u0000");
  });
});
