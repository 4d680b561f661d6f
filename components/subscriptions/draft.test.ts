import { describe, expect, test } from "vitest";
import { colorsWith, newDraft, sayingOf } from "./draft";

const url = "https://example.com/feed.ics";
const preview = { name: "Holidays", color: "#336699" };

describe("what the server is told", () => {
  test("of a new subscription: what the feed says, where nobody said otherwise", () => {
    const said = { url, name: "Holidays", color: "#336699", refreshInterval: "1h" };
    const blocking = { blocksBookings: false, allDayBlocks: true };
    expect(sayingOf({ ...newDraft, url: ` ${url}\n` }, null, preview)).toEqual({ ...said, ...blocking });
    const draft = { ...newDraft, url, name: "Days off", color: "#0e8a8c", blocksBookings: true };
    expect(sayingOf(draft, null, preview)).toEqual({
      ...{ ...said, name: "Days off", color: "#0e8a8c" },
      ...{ ...blocking, blocksBookings: true },
    });
  });

  test("of a change: that alone, so that an address is not read without need", () => {
    const before = { ...newDraft, url, name: "Days off", color: "#0e8a8c", blocksBookings: true };
    expect(sayingOf(before, before, null)).toEqual({});
    expect(sayingOf({ ...before, name: "Holidays", keepLocalChanges: false }, before, null)).toEqual({
      name: "Holidays",
      keepLocalChanges: false,
    });
    // Another address has another name; ours stays.
    const moved = "https://example.com/other.ics";
    expect(sayingOf({ ...before, url: moved }, before, preview)).toEqual({ url: moved });
  });

  test("an empty name is said, to be refused", () => {
    expect(sayingOf({ ...newDraft, url, name: "" }, null, preview)).toMatchObject({ name: "" });
  });
});

test("a feed's own colour can be chosen beside ours", () => {
  expect(colorsWith("#ff2d55")[0]).toEqual({ color: "#ff2d55", name: "The feed's own" });
  expect(colorsWith("#0e8a8c")).toEqual(colorsWith(null));
});
