import { describe, expect, test } from "vitest";
import { changeWords, everyText, healthOf, inOrder, paceText, serverOf, wishText } from "./words";

const now = new Date("2026-11-21T12:00:00Z");
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe("a subscription", () => {
  const synced = { status: "synced", lastSyncedAt: at(-5), nextSyncAt: at(55) } as const;
  const wordOf = (values: Partial<Parameters<typeof healthOf>[0]>) =>
    healthOf({ ...synced, ...values }, now).word;

  test("says how it is doing", () => {
    expect(wordOf({})).toBe("Up to date");
    expect(wordOf({ status: "pending", lastSyncedAt: null })).toBe("First read");
    expect(wordOf({ status: "pending" })).toBe("Refreshing");
    expect(wordOf({ status: "error" })).toBe("Failing");
    expect(wordOf({ status: "disabled", nextSyncAt: null })).toBe("Switched off");
  });

  test("is behind when its turn passed an hour ago", () => {
    expect(wordOf({ nextSyncAt: at(-60) })).toBe("Up to date");
    expect(wordOf({ nextSyncAt: at(-61) })).toBe("Behind");
  });

  test("stands before the others when it needs care, else by its name", () => {
    const named = (name: string, status: "synced" | "error" | "disabled" | "pending" = "synced") => ({
      name,
      status,
    });
    const all = [
      named("zoo"),
      named("Week 10"),
      named("Mail", "error"),
      named("week 9"),
      named("Äpfel", "pending"),
      named("Arts", "disabled"),
    ];
    expect(inOrder(all).map(({ name }) => name)).toEqual([
      "Arts",
      "Mail",
      "Äpfel",
      "week 9",
      "Week 10",
      "zoo",
    ]);
  });
});

describe("how often", () => {
  test.each([
    [15, "every 15 minutes"],
    [60, "every hour"],
    [1440, "every 24 hours"],
    [2880, "every 48 hours"],
    [10_080, "every 7 days"],
    [90, "every 1 hour 30 minutes"],
  ])("%i minutes", (minutes, text) => {
    expect(everyText(minutes)).toBe(text);
  });

  test("is as chosen, unless the feed asks for more time", () => {
    expect(paceText({ refreshInterval: "1h", feedRefreshMinutes: null })).toBe("every hour");
    expect(paceText({ refreshInterval: "1h", feedRefreshMinutes: 60 })).toBe("every hour");
    expect(paceText({ refreshInterval: "1h", feedRefreshMinutes: 1440 })).toBe(
      "every 24 hours, as the feed asks",
    );
    expect(wishText({ refreshInterval: "24h", feedRefreshMinutes: 60 })).toBeNull();
    expect(wishText({ refreshInterval: "1h", feedRefreshMinutes: 1440 })).toBe(
      "The feed asks for 24 hours between two readings, so it is read every 24 hours instead of every hour.",
    );
  });
});

test.each([
  [{ hidden: true, busy: null }, false, "hidden"],
  [{ hidden: false, busy: true }, false, "takes time"],
  [{ hidden: true, busy: false }, true, "hidden, takes no time, a colour of its own"],
])("%j with a colour %s is said as %s", (change, hasColor, words) => {
  expect(changeWords(change, hasColor)).toBe(words);
});

test.each([
  ["webcal://p12-caldav.icloud.com/published/2/abc", "p12-caldav.icloud.com"],
  ["  example.com/feed.ics", "example.com"],
  ["http://localhost:8080/a", "localhost:8080"],
  ["https://", null],
  ["holidays", null],
  ["school terms at example.com", null],
  ["", null],
])("%j is read from %j", (typed, server) => {
  expect(serverOf(typed)).toBe(server);
});
