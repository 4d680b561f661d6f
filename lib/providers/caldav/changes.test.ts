import { beforeEach, describe, expect, it } from "vitest";
import { cursorOf, endsAt, openHostileAccount, startsAt, uidsOf } from "@/e2e/hostile-account";
import { accidents, cyrus, davical, type Handler, plain, radicale, sabre } from "@/e2e/hostile-caldav-quirks";
import { icsOf } from "@/e2e/ics";

const account = openHostileAccount();
const countOf = (matching: RegExp) =>
  account.server.asked.filter(({ method, path, body }) => matching.test(`${method} ${path}\n${body}`)).length;

describe("a bad day", () => {
  it.each([
    ["unavailable", "unavailable"],
    ["slowDown", "rate_limited"],
    ["signInRefused", "reconnect"],
    ["serverError", "unavailable"],
    ["captivePortal", "unavailable"],
    ["garbage", "unavailable"],
    ["empty", "unavailable"],
    ["huge", "invalid"],
    ["drop", "unavailable"],
  ] as const)("listing: %s is %s, never an empty account", async (accident, code) => {
    account.server.answer("displayname", accidents[accident]);
    await expect(account.provider.listCalendars()).rejects.toMatchObject({ code });
  });

  it.each([
    ["unavailable", "unavailable"],
    ["slowDown", "rate_limited"],
    ["signInRefused", "reconnect"],
    ["captivePortal", "unavailable"],
    ["garbage", "unavailable"],
    ["drop", "unavailable"],
  ] as const)("pulling: %s anywhere is %s, and no cursor", async (accident, code) => {
    account.save("a", "b");
    const cursor = cursorOf(await account.pull());
    account.save("c");
    for (const request of ["PROPFIND", "REPORT", "calendar-multiget"]) {
      account.server.answer(request, accidents[accident]);
      await expect(account.pull(request === "PROPFIND" ? null : cursor)).rejects.toMatchObject({ code });
    }
  });

  it("gives up on a server that hangs, and says which", async () => {
    account.server.answer("PROPFIND", accidents.hang);
    await expect(account.open({ timeoutMs: 50 }).listCalendars()).rejects.toMatchObject({
      code: "unavailable",
      message: "127.0.0.1 took too long to answer.",
    });
  });

  it("tells when to come back", async () => {
    account.server.answer("PROPFIND", accidents.slowDown);
    await expect(account.pull()).rejects.toMatchObject({ retryAfterSeconds: 120 });
  });

  it("tries again when it passes by itself", async () => {
    account.save("a");
    account.server.answer("REPORT", accidents.unavailable, 1);
    account.server.answer("PROPFIND", accidents.drop, 1);
    expect(uidsOf(await account.pull())).toEqual(["a"]);
  });

  it("asks to reconnect when the password is wrong, and does not repeat it", async () => {
    const failure = await account
      .open({ password: "s3cret" })
      .listCalendars()
      .catch((error) => error);
    expect(failure).toMatchObject({
      code: "reconnect",
      message: "127.0.0.1 does not accept this user name and password.",
    });
    expect(JSON.stringify(failure) + failure.stack).not.toContain("s3cret");
  });
});

describe("sync tokens", () => {
  it("notices a full list in place of changes (DAViCal), so that deletions count", async () => {
    account.server.quirks = davical;
    account.save("a", "b", "c");
    const cursor = cursorOf(await account.pull());
    account.server.forgetTokens();
    account.server.remove(account.calendar, "b.ics");
    account.save("d");
    const pages = await account.pull(cursor);
    expect(pages.every(({ reset }) => reset)).toBe(true);
    expect(uidsOf(pages)).toEqual(["a", "c", "d"]);
  });

  it("does not take many changes for a full list", async () => {
    account.server.quirks = davical;
    account.save("a", "b", "c");
    const cursor = cursorOf(await account.pull());
    account.save("b", "c", "d");
    const pages = await account.pull(cursor);
    expect(pages.some(({ reset }) => reset)).toBe(false);
    expect(uidsOf(pages)).toEqual(["b", "c", "d"]);
  });

  it.each([
    ["shorter for what was deleted", ["a", "b"], []],
    ["of nothing but changes", ["a", "b"], ["c", "d"]],
    ["that is empty", ["a", "b", "c", "d"], []],
  ])("notices a full list %s", async (_name, removed, saved) => {
    account.server.quirks = davical;
    account.save("a", "b", "c", "d");
    const cursor = cursorOf(await account.pull());
    account.server.forgetTokens();
    for (const uid of removed) account.server.remove(account.calendar, `${uid}.ics`);
    account.save(...saved);
    const pages = await account.pull(cursor);
    const left = [...account.server.calendar(account.calendar).objects.keys()];
    expect(pages.every(({ reset }) => reset)).toBe(true);
    expect(uidsOf(pages)).toEqual(left.map((file) => file.replace(".ics", "")).sort());
  });

  it("asks for no listing while the changes are few", async () => {
    account.save(...Array.from({ length: 30 }, (_, number) => `event-${number}`));
    const cursor = cursorOf(await account.pull());
    account.save("event-1", "new");
    account.server.asked.length = 0;
    const second = cursorOf(await account.pull(cursor));
    account.server.remove(account.calendar, "event-2.ics");
    const third = cursorOf(await account.pull(second));
    await account.pull(third);
    expect(account.server.asked.map(({ method }) => method)).toEqual([
      "REPORT",
      "REPORT",
      "REPORT",
      "REPORT",
    ]);
  });

  it.each([403, 409, 412, 415, 500, 501])("reads everything when a token gets %i", async (status) => {
    account.save("a");
    const cursor = cursorOf(await account.pull());
    account.server.answer("<sync-token>token", (_, response) => response.writeHead(status).end());
    const pages = await account.pull(cursor);
    expect(pages.every(({ reset }) => reset)).toBe(true);
    expect(uidsOf(pages)).toEqual(["a"]);
  });

  it("follows pages (Cyrus), also for what was deleted in between", async () => {
    account.server.quirks = cyrus;
    account.save("a", "b", "c", "d", "e", "f", "g");
    const first = await account.pull();
    expect(uidsOf(first)).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
    account.save("h", "i", "j");
    for (const uid of ["h", "a"]) account.server.remove(account.calendar, `${uid}.ics`);
    const second = await account.pull(cursorOf(first));
    expect(uidsOf(second)).toEqual(["i", "j"]);
    expect(second.flatMap(({ deletions }) => deletions)).toEqual([
      `${account.calendar}h.ics`,
      `${account.calendar}a.ics`,
    ]);
  });

  it("does not page in circles", async () => {
    const page = "<response><href>/dav/ada/work/</href><status>HTTP/1.1 507 x</status></response>";
    const answer: Handler = (_, response) =>
      response
        .writeHead(207)
        .end(`<multistatus xmlns="DAV:">${page}<sync-token>same</sync-token></multistatus>`);
    account.server.answer("sync-collection", answer);
    await expect(account.pull()).rejects.toMatchObject({ code: "unavailable" });
  });

  it("falls back to ETags where sync-collection is announced and broken", async () => {
    account.save("a");
    account.server.answer("sync-collection", (_, response) => response.writeHead(507).end());
    const first = await account.pull();
    account.save("b");
    account.server.remove(account.calendar, "a.ics");
    const second = await account.pull(cursorOf(first));
    expect([uidsOf(first), uidsOf(second)]).toEqual([["a"], ["b"]]);
    expect(second.flatMap(({ deletions }) => deletions)).toEqual([`${account.calendar}a.ics`]);
  });

  it("never asks for a limit or an expansion", async () => {
    account.save("a");
    await account.pull(cursorOf(await account.pull()));
    expect(countOf(/limit|expand/)).toBe(0);
  });
});

describe("CTag and ETags", () => {
  beforeEach(() => {
    account.server.quirks = plain;
  });

  it("asks one question while nothing changes", async () => {
    account.save("a", "b");
    const cursor = cursorOf(await account.pull());
    account.server.asked.length = 0;
    expect(cursorOf(await account.pull(cursor))).toBe(cursor);
    expect(account.server.asked).toHaveLength(1);
  });

  it("fetches only what changed", async () => {
    account.save("a", "b");
    const cursor = cursorOf(await account.pull());
    account.save("b");
    expect(uidsOf(await account.pull(cursor))).toEqual(["b"]);
  });

  it("fetches what has no ETag every time, rather than never", async () => {
    account.server.quirks = { ...plain, etag: () => "" };
    account.save("a");
    const cursor = cursorOf(await account.pull());
    account.save("b");
    expect(uidsOf(await account.pull(cursor))).toEqual(["a", "b"]);
  });
});

describe("an empty list", () => {
  it("is believed when it is given twice", async () => {
    account.server.quirks = plain;
    account.save("a");
    const cursor = cursorOf(await account.pull());
    account.server.remove(account.calendar, "a.ics");
    account.server.asked.length = 0;
    expect((await account.pull(cursor)).flatMap(({ deletions }) => deletions)).toEqual([
      `${account.calendar}a.ics`,
    ]);
    expect(account.server.asked.filter(({ headers }) => headers.depth === "1")).toHaveLength(2);
  });

  it("is no empty calendar when it does not name the calendar", async () => {
    account.server.quirks = { ...plain, hasCtag: false };
    account.save("a");
    const cursor = cursorOf(await account.pull());
    account.server.answer("getetag", accidents.empty);
    await expect(account.pull(cursor)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("from sync-collection is checked against a listing", async () => {
    account.save("a");
    account.server.answer("sync-collection", (_, response) =>
      response.writeHead(207).end('<multistatus xmlns="DAV:"><sync-token>t</sync-token></multistatus>'),
    );
    expect(uidsOf(await account.pull())).toEqual(["a"]);
  });
});

describe("bodies", () => {
  it("come in pages of a hundred", async () => {
    account.save(...Array.from({ length: 250 }, (_, number) => `event-${number}`));
    const pages = await account.pull();
    expect(pages.map(({ upserts }) => upserts.length)).toEqual([100, 100, 50, 0]);
    expect(countOf(/calendar-multiget/)).toBe(3);
  });

  it("that a multiget leaves out are asked for one by one (sabre, DAViCal)", async () => {
    account.server.quirks = sabre;
    account.save("a", "b", "c");
    const answered: Handler = (_, response) => {
      account.server.remove(account.calendar, "b.ics");
      response.writeHead(207).end('<multistatus xmlns="DAV:"/>');
    };
    account.server.answer("calendar-multiget", answered);
    const pages = await account.pull();
    expect(uidsOf(pages)).toEqual(["a", "c"]);
    expect(pages.flatMap(({ deletions }) => deletions)).toEqual([`${account.calendar}b.ics`]);
  });

  it("that cannot be read at all stop the pull", async () => {
    account.save("a");
    account.server.answer("calendar-multiget", accidents.empty);
    account.server.answer("GET", accidents.captivePortal);
    await expect(account.pull()).rejects.toMatchObject({ code: "unavailable" });
  });

  it("that are left out of a row stop the pull", async () => {
    account.server.quirks = { ...radicale, data: () => null };
    account.save("a");
    await expect(account.pull()).rejects.toMatchObject({ code: "unavailable" });
  });

  it("that are empty stop the pull", async () => {
    account.server.quirks = { ...radicale, data: () => "" };
    account.save("a");
    await expect(account.pull()).rejects.toMatchObject({ code: "unavailable" });
  });

  it.each([400, 403, 404])("are asked for one by one when the report gets %i", async (status) => {
    account.save("a", "b");
    account.server.answer("calendar-multiget", (_, response) => response.writeHead(status).end());
    expect(uidsOf(await account.pull())).toEqual(["a", "b"]);
  });

  it("too large for a calendar object are unreadable, and the rest is read", async () => {
    account.save("a", "b");
    account.server.answer("calendar-multiget", (_, response) => response.writeHead(400).end());
    account.server.answer("GET .*/b.ics", accidents.huge);
    const pages = await account.pull();
    expect(uidsOf(pages)).toEqual(["a"]);
    expect(pages.flatMap(({ unreadable }) => unreadable)).toEqual([
      { id: `${account.calendar}b.ics`, reason: "127.0.0.1 sent more than 5 MB, more than is read here." },
    ]);
  });

  it("of tasks are no events", async () => {
    account.save("a");
    const task = icsOf({ uid: "task", title: "x", startsAt, endsAt }).replaceAll("VEVENT", "VTODO");
    account.server.save(account.calendar, "task.ics", task.replace(/DTEND.*\r\n/, ""));
    const pages = await account.pull();
    expect(uidsOf(pages)).toEqual(["a"]);
    expect(pages.flatMap(({ unreadable }) => unreadable)).toEqual([]);
  });

  it("may have any name", async () => {
    const names = ["sp ace@x+é.ics", "no-extension", "50%&<>.ics", "ünïcode"];
    for (const spell of [radicale.spell, sabre.spell]) {
      account.server.quirks = { ...radicale, spell };
      for (const name of names)
        account.server.save(account.calendar, name, icsOf({ uid: name, title: "x", startsAt, endsAt }));
      const ids = (await account.pull()).flatMap(({ upserts }) => upserts.map(({ id }) => id));
      expect(ids).toEqual(names.map((name) => account.calendar + encodeURIComponent(name)));
    }
  });
});
