import { describe, expect, test } from "vitest";
import { healthOf, scopeText } from "./words";

const acme = { name: "Acme", kind: "client" as const };

test.each([
  ["all_visible", null, false, "Everything you see"],
  ["all_visible", null, true, "Everything you see"],
  ["client", acme, false, "Acme: Client, and everything below"],
  ["client", acme, true, "Acme: Client, and everything below; and your personal appointments"],
  ["project", acme, false, "Acme: Client, itself alone"],
  ["case", null, false, "A project you no longer see: Case, and everything below"],
] as const)("%s of %j says what it copies", (scope, project, includePersonal, text) => {
  const { name, means } = scopeText({ scope, project, includePersonal });
  expect(`${name}: ${means}`.startsWith(text)).toBe(true);
  if (project) expect(`${name}: ${means}`).toBe(text);
});

describe("a binding", () => {
  const binding = {
    status: "synced",
    scopeId: null,
    project: null,
    copies: { inCalendar: 3, pending: 0, failing: 0 },
    leaving: 0,
    lastSyncedAt: new Date(0),
    connection: { status: "connected" },
  } as const;
  const wordOf = (values: Partial<Parameters<typeof healthOf>[0]>) =>
    healthOf({ ...binding, ...values }).word;

  test("shows the worst of its troubles", () => {
    const pending = { inCalendar: 0, pending: 1200, failing: 0 };
    expect(wordOf({})).toBe("In step");
    expect(wordOf({ status: "pending", lastSyncedAt: null })).toBe("Beginning");
    expect(wordOf({ status: "pending", copies: pending })).toBe("1,200 to go");
    expect(wordOf({ leaving: 2 })).toBe("2 to go");
    expect(wordOf({ scopeId: "gone", copies: pending })).toBe("Out of sight");
    expect(wordOf({ scopeId: "gone", status: "error" })).toBe("Failing");
    expect(wordOf({ status: "error", connection: { status: "reconnect" } })).toBe("Locked out");
    expect(wordOf({ status: "disabled", connection: { status: "reconnect" } })).toBe("Off");
    expect(wordOf({ status: "disabled", leaving: 2 })).toBe("Being cleared");
  });
});
