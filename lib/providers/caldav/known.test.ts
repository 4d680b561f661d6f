import { describe, expect, it } from "vitest";
import { cursorOf, openHostileAccount, uidsOf } from "@/e2e/hostile-account";
import { cyrus, davical, plain, radicale } from "@/e2e/hostile-caldav-quirks";
import type { ChangePage } from "../provider";

const account = openHostileAccount();
const asked = () =>
  account.server.asked.map(({ method, body }) => `${method}${body.match(/multiget/) ?? ""}`);
const idOf = (uid: string) => `${account.calendar}${uid}.ics`;
const unchangedIn = (pages: ChangePage[]) => pages.flatMap(({ unchanged }) => unchanged ?? []);
/** Known in exactly the version that stands there now. */
const knows =
  (...uids: string[]) =>
  (id: string, etag: string) =>
    uids.some((uid) => {
      const object = account.server.calendar(account.calendar).objects.get(`${uid}.ics`);
      return id === idOf(uid) && etag === object?.etag;
    });

describe.each([
  ["sync tokens", radicale],
  ["sync tokens, in pages", { ...cyrus, pageSize: 25 }],
  ["sync tokens that may be doubted", davical],
  ["CTag and ETags", plain],
  ["ETags alone", { ...plain, hasCtag: false }],
])("with %s", (_name, quirks) => {
  it("what we wrote ourselves is not read back", async () => {
    account.server.quirks = quirks;
    account.save("theirs");
    const cursor = cursorOf(await account.pull());
    account.save("ours", "theirs");
    account.server.asked.length = 0;
    const pages = await account.pull(cursor, knows("ours"));
    expect([uidsOf(pages), unchangedIn(pages)]).toEqual([["theirs"], [idOf("ours")]]);
    const hrefs = account.server.asked.flatMap(({ body }) => body.match(/<href>[^<]*/g) ?? []);
    expect(hrefs).toEqual([`<href>${new URL(idOf("theirs")).pathname}`]);
  });

  it("a calendar of which everything is known costs no bodies, even when it is read anew", async () => {
    account.server.quirks = quirks;
    const uids = Array.from({ length: 110 }, (_, number) => `event-${number}`);
    account.save(...uids);
    const pages = await account.pull(null, knows(...uids));
    expect(pages.every(({ reset }) => reset)).toBe(true);
    expect(unchangedIn(pages).sort()).toEqual(uids.map(idOf).sort());
    expect(asked().some((request) => /multiget|GET/.test(request))).toBe(false);
  });

  it("another version of what is known is read", async () => {
    account.server.quirks = quirks;
    account.save("ours");
    const isKnown = (id: string, etag: string) => id === idOf("ours") && etag === '"v0"';
    const pages = await account.pull(null, isKnown);
    expect([uidsOf(pages), unchangedIn(pages)]).toEqual([["ours"], []]);
  });
});

it("what has no ETag is never known", async () => {
  account.server.quirks = { ...plain, etag: () => "" };
  account.save("ours");
  expect(uidsOf(await account.pull(null, () => true))).toEqual(["ours"]);
});

it.each([
  ["sync tokens", radicale, ["REPORT"]],
  ["sync tokens, in pages", cyrus, ["REPORT"]],
  ["sync tokens that may be doubted", davical, ["REPORT"]],
  ["CTag and ETags", plain, ["PROPFIND"]],
])("with %s a calendar in which nothing happened costs one request", async (_name, quirks, requests) => {
  account.server.quirks = quirks;
  account.save(...Array.from({ length: 20 }, (_, number) => `event-${number}`));
  const cursor = cursorOf(await account.pull());
  account.server.asked.length = 0;
  await account.pull(cursor);
  expect(asked()).toEqual(requests);
});

it("a calendar whose sync-collection does not work is asked for its CTag first", async () => {
  account.save("a");
  account.server.answer("sync-collection", (_, response) => response.writeHead(507).end());
  const cursor = cursorOf(await account.pull());
  account.server.asked.length = 0;
  await account.pull(cursor);
  expect(asked()).toEqual(["PROPFIND"]);
});
