import { describe, expect, it } from "vitest";
import { endsAt, openHostileAccount, startsAt } from "@/e2e/hostile-account";
import { cyrus, davical, icloud, radicale, sabre, xandikos } from "@/e2e/hostile-caldav-quirks";
import { icsOf } from "@/e2e/ics";
import { serializeEvent } from "@/lib/ical/serialize";
import type { EventDraft } from "../provider";

const account = openHostileAccount();
const draft: EventDraft = {
  uid: "ours@calends",
  sequence: 0,
  title: "Ours",
  description: null,
  location: null,
  time: { kind: "timed", startsAt, endsAt },
  timeZone: "Europe/Berlin",
};
const put = (more: Partial<EventDraft> = {}) =>
  account.provider.putEvent(account.calendar, { ...draft, ...more });
const filesIn = (calendar: string) => [...account.server.calendar(calendar).objects.keys()];

describe("a UID the server already has", () => {
  const text = () => serializeEvent(draft, new Date(0));

  it("is ours where it is in this calendar and says the same (Cyrus names the address)", async () => {
    account.server.quirks = cyrus;
    account.server.save(account.calendar, "by another name.ics", text());
    const { etag } = account.server.calendar(account.calendar).objects.get("by another name.ics") ?? {};
    expect(await put()).toEqual({ id: `${account.calendar}by%20another%20name.ics`, etag });
    expect(filesIn(account.calendar)).toEqual(["by another name.ics"]);
  });

  it("is somebody's own where it says something else", async () => {
    account.server.quirks = cyrus;
    const theirs = icsOf({ uid: draft.uid, title: "Theirs", startsAt, endsAt });
    account.server.save(account.calendar, "theirs.ics", theirs);
    await expect(put()).rejects.toMatchObject({ code: "conflict" });
    expect(account.server.calendar(account.calendar).objects.get("theirs.ics")?.text).toBe(theirs);
  });

  it("is no copy of this calendar where another one has it (Cyrus)", async () => {
    account.server.quirks = cyrus;
    const other = account.server.addCalendar("other");
    account.server.save(other, "ours.ics", text());
    await expect(put()).rejects.toMatchObject({
      code: "conflict",
      message: "127.0.0.1 already has this event elsewhere in the account.",
    });
    expect([filesIn(account.calendar), filesIn(other)]).toEqual([[], ["ours.ics"]]);
  });

  it.each([
    ["Radicale, with 409", radicale],
    ["Xandikos, with 207", xandikos],
  ])("is a conflict where nobody says which it is: %s", async (_name, quirks) => {
    account.server.quirks = quirks;
    account.server.save(account.calendar, "theirs.ics", text());
    await expect(put()).rejects.toMatchObject({ code: "conflict" });
  });

  it("is no conflict where the server minds neither (sabre, DAViCal)", async () => {
    for (const quirks of [sabre, davical]) {
      account.server.quirks = quirks;
      account.server.save(account.calendar, "theirs.ics", text());
      expect(await put()).toMatchObject({ id: `${account.calendar}ours%40calends.ics` });
    }
  });

  it("may lie in Nextcloud's trash, and a person can empty it", async () => {
    account.server.answer("PUT", (_, response) =>
      response.writeHead(400).end("<s:message>Deleted calendar object with uid already exists</s:message>"),
    );
    await expect(put()).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching("in its trash"),
    });
  });
});

describe("what will not go better next time is said so", () => {
  const error = (name: string) =>
    `<error xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><${name}/></error>`;

  it.each([
    ["too large", 413, "", "does not take an event as large as this one"],
    ["too large by name", 403, error("C:max-resource-size"), "does not take an event as large as this one"],
    ["a full account", 507, "", "has no room left in this account"],
    ["a full account by name", 403, error("quota-not-exceeded"), "has no room left in this account"],
    ["not what it takes", 403, error("C:valid-calendar-data"), "does not take this event"],
    ["not what it takes, inside a 207", 207, error("C:valid-calendar-data"), "does not take this event"],
    ["no events here", 403, error("C:supported-calendar-component"), "does not take this event"],
  ])("%s", async (_what, status, body, sentence) => {
    account.server.answer("PUT", (_, response) => response.writeHead(status).end(body));
    const message = expect.stringMatching(sentence);
    await expect(put()).rejects.toMatchObject({ code: "invalid", message });
    expect(account.server.asked.filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  it("a calendar that may only be read", async () => {
    account.server.answer("PUT", (_, response) => response.writeHead(403).end(error("need-privileges")));
    await expect(put()).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("what may go better next time is tried then", () => {
  it("a calendar somebody has locked", async () => {
    account.server.answer("PUT", (_, response) => response.writeHead(423).end());
    await expect(put()).rejects.toMatchObject({ code: "unavailable" });
  });

  it("too many requests, when the server says", async () => {
    account.server.answer("PUT", (_, response) => response.writeHead(429, { "retry-after": "90" }).end());
    await expect(put()).rejects.toMatchObject({ code: "rate_limited", retryAfterSeconds: 90 });
  });
});

describe("what strict servers insist on, our events have", () => {
  const recurrence = {
    rule: "FREQ=WEEKLY;UNTIL=20261231",
    exceptions: [{ key: "2026-06-08T10:00:00.000Z", says: null }],
  };
  const day = { kind: "allDay" as const, startDay: "2026-06-01", endDay: "2026-06-01" };
  it.each([
    ["one event", {}],
    ["one without length", { time: { kind: "timed" as const, startsAt, endsAt: startsAt } }],
    ["one day", { time: day }],
    ["a series", { recurrence }],
    ["a series of days", { time: day, recurrence: { rule: "FREQ=DAILY;COUNT=3", exceptions: [] } }],
  ])("%s", async (_what, more) => {
    for (const quirks of [cyrus, icloud, davical, sabre, radicale, xandikos]) {
      account.server.quirks = quirks;
      const ref = await put(more);
      await account.provider.deleteEvent(account.calendar, ref);
    }
  });
});
