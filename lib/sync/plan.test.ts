import { describe, expect, test } from "vitest";
import type { ChangePage, RemoteEvent } from "@/lib/providers/provider";
import { occurrencesOf, planChanges, rowOf } from "./plan";
import { seenOf } from "./seen";

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

/** All ids that these tests speak of are those of copies. */
async function existingIn(pages: ChangePage[], isBaseline: boolean) {
  const copies = new Set(["a", "b", "c", "x", "s", "s_1", "s_2"]);
  const { existingIds } = seenOf(await planChanges(pages, isBaseline, {}), copies);
  return existingIds?.toSorted() ?? null;
}

describe("planChanges", () => {
  test("names every changed event, also one without an occurrence in the window", async () => {
    const plan = await planChanges(
      [page({ upserts: [event("a", "1", "2"), event("b")], cursor: "c2" })],
      false,
      {},
    );
    expect([...plan.changed.values()].flatMap(occurrencesOf).map(({ key }) => key)).toEqual(["1", "2"]);
    expect([...plan.changed.keys()]).toEqual(["a", "b"]);
    expect(plan).toMatchObject({ deletedIds: [], isWhole: false, cursor: "c2" });
  });

  test("takes the last word on an event that several pages speak of", async () => {
    const deletedLast = await planChanges(
      [page({ upserts: [event("a", "")] }), page({ deletions: ["a"], cursor: "c" })],
      false,
      {},
    );
    expect(deletedLast).toMatchObject({ changed: new Map(), deletedIds: ["a"] });
    const createdLast = await planChanges(
      [page({ deletions: ["a"] }), page({ upserts: [event("a", "")], cursor: "c" })],
      false,
      {},
    );
    expect([...createdLast.changed.keys()]).toEqual(["a"]);
    expect(createdLast.deletedIds).toEqual([]);
  });

  test("of many deletions takes every one", async () => {
    const ids = Array.from({ length: 12_000 }, (_, n) => `event${n}`);
    const upserts = ids.map((id) => event(id, ""));
    const pages = [page({ upserts }), page({ deletions: ids.slice(1), cursor: "c" })];
    const plan = await planChanges(pages, false, {});
    expect([...plan.changed.keys()]).toEqual(["event0"]);
    expect(plan.deletedIds).toEqual(ids.slice(1));
  });

  test("takes the deletion of a series for all of it, unless it comes back", async () => {
    const one = { ...event("s_1", ""), seriesId: "s" };
    const two = { ...event("s_2", ""), seriesId: "s" };
    const plan = await planChanges(
      [page({ upserts: [one, event("other", "")] }), page({ deletions: ["s"], upserts: [two], cursor: "c" })],
      false,
      {},
    );
    expect([...plan.changed.keys()]).toEqual(["other", "s_2"]);
    expect(plan.deletedIds).toEqual(["s"]);
  });

  test("lists what exists after a reset, on any page, or when everything was asked for", async () => {
    const pages = [page({ upserts: [event("a", "")] }), page({ reset: true, cursor: "c" })];
    expect(await existingIn(pages, false)).toEqual(["a"]);
    expect(await existingIn([page({ cursor: "c" })], true)).toEqual([]);
    expect(await existingIn([page({ cursor: "c" })], false)).toBeNull();
  });

  test("keeps what it cannot read: neither changed nor deleted, and existing after a reset", async () => {
    const pages = [page({ reset: true, unreadable: [{ id: "x", reason: "No DTSTART" }], cursor: "c" })];
    expect(await planChanges(pages, false, {})).toMatchObject({
      changed: new Map(),
      deletedIds: [],
      unreadable: { x: "No DTSTART" },
    });
    expect(await existingIn(pages, false)).toEqual(["x"]);
  });

  test("remembers unreadable events until they are read or gone", async () => {
    const before = { x: "bad", y: "bad", z: "bad" };
    const plan = await planChanges(
      [page({ upserts: [event("x", "")], deletions: ["y"], cursor: "c" })],
      false,
      before,
    );
    expect(plan.unreadable).toEqual({ z: "bad" });
  });

  test("counts what is known and was not read as existing, and says nothing of it", async () => {
    const pages = [
      page({ upserts: [event("b", "")], unreadable: [{ id: "c", reason: "bad" }] }),
      page({ unchanged: ["a", "b", "c"], cursor: "c" }),
    ];
    expect(await planChanges(pages, false, { a: "bad" })).toMatchObject({
      changed: new Map(),
      deletedIds: [],
      unchangedIds: ["a", "b", "c"],
      isWhole: false,
      unreadable: {},
    });
    expect(await existingIn(pages, true)).toEqual(["a", "b", "c"]);
    const later = [...pages, page({ deletions: ["a"], upserts: [event("b", "")] })];
    const gone = await planChanges(later, true, {});
    expect(gone).toMatchObject({ unchangedIds: ["c"], deletedIds: ["a"] });
    expect([...gone.changed.keys()]).toEqual(["b"]);
    expect(await existingIn(later, true)).toEqual(["b", "c"]);
  });

  test("compares the copies that are ours, of whatever else the calendar holds", async () => {
    const s1 = { ...event("s_1", ""), seriesId: "s" };
    const pages = [page({ upserts: [event("a", ""), event("theirs", ""), s1], deletions: ["gone"] })];
    const plan = await planChanges(pages, true, {});
    expect(seenOf(plan, new Set(["a", "s", "lost"]))).toMatchObject({
      changed: [{ id: "a" }, { id: "s_1" }],
      deletedIds: ["gone"],
      existingIds: ["a", "s"],
    });
  });

  test("names the series of occurrences as existing, once", async () => {
    const occurrences = ["s_1", "s_2"].map((id) => ({ ...event(id, ""), seriesId: "s" }));
    expect(await existingIn([page({ upserts: occurrences })], true)).toEqual(["s", "s_1", "s_2"]);
  });

  test("makes rows PostgreSQL can take: no U+0000, one row per occurrence, the last", () => {
    const odd = event("a", "", "");
    for (const [n, occurrence] of odd.occurrences.entries())
      occurrence.title = `${n}\u0000${"b".repeat(600)}`;
    const rows = occurrencesOf(odd).map((occurrence) => rowOf(odd, occurrence));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.title).toHaveLength(500);
    expect(rows[0]?.title).toMatch(/^1b+$/);
  });

  test("takes from the last page what a feed says of itself, in words PostgreSQL can take", async () => {
    const title = `a\u0000${"😀".repeat(300)}`;
    const facts = { name: null, color: null, refreshMinutes: 60, eventCount: 2, skippedCount: 1 };
    const feed = { ...facts, skipped: [{ uid: "\ud800", title, reason: "No DTSTART" }] };
    const pages = [
      page({ upserts: [event("a", "")], unreadable: [{ id: "b", reason: "\ude00\u0000!" }] }),
      page({ cursor: "c", feed, movedTo: "https://feeds.example/" }),
    ];
    const plan = await planChanges(pages, false, {});
    expect(plan).toMatchObject({ movedTo: "https://feeds.example/", unreadable: { b: "\ufffd!" } });
    expect(plan.feed).toMatchObject({ ...facts, skipped: [{ uid: "\ufffd", reason: "No DTSTART" }] });
    expect(JSON.stringify(plan.feed)).not.toMatch(/\\u0000|\\ud[89a-f]/);
    expect(await planChanges([page({ cursor: "c" })], false, {})).toMatchObject({
      feed: null,
      movedTo: null,
    });
  });
});
