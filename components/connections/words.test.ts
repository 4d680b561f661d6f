import { describe, expect, test } from "vitest";
import { channelWords, countText, healthOf } from "./words";

const connected = { status: "connected" } as const;
const read = {
  checksConflicts: true,
  isDestination: false,
  isMirrored: false,
  lastError: null,
  lastSyncedAt: new Date(0),
  unreadableCount: 0,
  channel: null,
};
const channel = { calendarId: "1", state: "live", why: null, expiresAt: null, lastNotifiedAt: null } as const;
const wordOf = (
  values: Partial<Parameters<typeof healthOf>[0]>,
  access: Parameters<typeof healthOf>[1] = connected,
) => healthOf({ ...read, ...values }, access, new Date(3_600_000)).word;

describe("a calendar", () => {
  test("that is read without trouble is up to date, also when it only receives something", () => {
    expect(wordOf({})).toBe("Up to date");
    expect(wordOf({ checksConflicts: false, isDestination: true })).toBe("Up to date");
    expect(wordOf({ checksConflicts: false, isMirrored: true })).toBe("Up to date");
    expect(wordOf({ checksConflicts: false })).toBe("Not read");
  });

  test("shows the worst of its troubles", () => {
    expect(wordOf({ lastError: "No answer.", lastSyncedAt: null })).toBe("Failing");
    expect(wordOf({ lastSyncedAt: null, unreadableCount: 1 })).toBe("First read");
    expect(wordOf({ lastSyncedAt: new Date(-1), unreadableCount: 1 })).toBe("Behind");
    expect(wordOf({ unreadableCount: 1, channel: { ...channel, state: "overdue" } })).toBe(
      "Partly unreadable",
    );
    expect(wordOf({ channel: { ...channel, state: "overdue" } })).toBe("Not notified");
    expect(wordOf({ lastError: "No answer." }, { status: "reconnect" })).toBe("Locked out");
    expect(wordOf({ checksConflicts: false }, { status: "reconnect" })).toBe("Not read");
  });
});

describe("how changes are learnt of", () => {
  const wordsOf = (values: Partial<Parameters<typeof channelWords>[0]>) =>
    channelWords({ ...channel, ...values }, "Google");

  test("is said for every state", () => {
    expect(wordsOf({ state: "live" })).toEqual({ words: "Google tells us of changes at once", tone: "live" });
    expect(wordsOf({ state: "opening" }).words).toBe("Asking Google to tell us of changes");
    expect(wordsOf({ state: "overdue" }).tone).toBe("warning");
    expect(wordsOf({ state: "expired" }).tone).toBe("warning");
  });

  test("says why there are no notifications, where that is known", () => {
    expect(wordsOf({ state: "polled" }).words).toBe("Read every few minutes");
    expect(wordsOf({ state: "refused", why: "Google sends none." }).words).toBe("Google sends none.");
  });
});

test("counts in words", () => {
  expect([0, 1, 1200].map((number) => countText(number, "event"))).toEqual([
    "0 events",
    "1 event",
    "1,200 events",
  ]);
});
