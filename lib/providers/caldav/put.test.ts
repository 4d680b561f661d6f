import { describe, expect, it } from "vitest";
import { endsAt, openHostileAccount, startsAt, uidsOf } from "@/e2e/hostile-account";
import { type Handler, radicale } from "@/e2e/hostile-caldav-quirks";
import { icsOf } from "@/e2e/ics";
import type { EventDraft } from "../provider";

const account = openHostileAccount();
const draft: EventDraft = {
  uid: "ours@calends",
  sequence: 0,
  title: "Ours",
  description: "Text",
  location: null,
  time: { kind: "timed", startsAt, endsAt },
  timeZone: "UTC",
};

describe("writing", () => {
  const failPut = (status: number, body = "") =>
    account.server.answer("PUT", (_, response) => response.writeHead(status).end(body));

  it.each([200, 207])("%i is no success", async (status) => {
    failPut(status, "<html/>");
    await expect(account.provider.putEvent(account.calendar, draft)).rejects.toMatchObject({
      code: "unavailable",
    });
  });

  it.each([
    [400, "invalid"],
    [413, "invalid"],
    [415, "invalid"],
    [403, "forbidden"],
    [423, "unavailable"],
    [500, "unavailable"],
    [503, "unavailable"],
    [507, "invalid"],
    [401, "reconnect"],
  ])("%i is %s", async (status, code) => {
    failPut(status);
    await expect(account.provider.putEvent(account.calendar, draft)).rejects.toMatchObject({ code });
  });

  it("says when the account has the UID already (RFC 4791 no-uid-conflict)", async () => {
    failPut(409, '<error xmlns="DAV:"><no-uid-conflict xmlns="urn:ietf:params:xml:ns:caldav"/></error>');
    await expect(account.provider.putEvent(account.calendar, draft)).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("survives a lost answer without a second event", async () => {
    const url = `${account.calendar}${encodeURIComponent(draft.uid)}.ics`;
    const loseAnswer: Handler = (request) => {
      account.server.save(account.calendar, `${draft.uid}.ics`, account.server.asked.at(-1)?.body ?? "");
      request.socket.destroy();
    };
    account.server.answer("PUT", loseAnswer, 1);
    await expect(account.provider.putEvent(account.calendar, draft)).rejects.toMatchObject({
      code: "unavailable",
    });
    const ref = await account.provider.putEvent(account.calendar, draft);
    expect(ref).toMatchObject({ id: url, etag: expect.any(String) });
    expect(account.server.calendar(account.calendar).objects.size).toBe(1);

    account.server.answer("PUT", loseAnswer, 1);
    const newer = { ...draft, title: "Newer" };
    await expect(account.provider.putEvent(account.calendar, newer, ref)).rejects.toMatchObject({
      code: "unavailable",
    });
    const second = await account.provider.putEvent(account.calendar, newer, ref);
    expect(second.etag).not.toBe(ref.etag);
  });

  it("notices a change of the description alone", async () => {
    const ref = await account.provider.putEvent(account.calendar, draft);
    const current = account.server.calendar(account.calendar).objects.get(`${draft.uid}.ics`)?.text ?? "";
    account.server.save(
      account.calendar,
      `${draft.uid}.ics`,
      current.replace("DESCRIPTION:Text", "DESCRIPTION:Theirs"),
    );
    await expect(account.provider.putEvent(account.calendar, draft, ref)).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("asks for the ETag where a put does not return it", async () => {
    account.server.quirks = { ...radicale, etagOnPut: false };
    const ref = await account.provider.putEvent(account.calendar, draft);
    expect(ref.etag).toBe(account.server.calendar(account.calendar).objects.get(`${draft.uid}.ics`)?.etag);
  });

  it("takes no ETag that belongs to somebody's later edit", async () => {
    account.server.quirks = { ...radicale, etagOnPut: false };
    account.server.answer("GET", (_, response) => {
      const theirs = icsOf({ uid: draft.uid, title: "Theirs", startsAt, endsAt });
      response.writeHead(200, { etag: '"theirs"' }).end(theirs);
    });
    expect((await account.provider.putEvent(account.calendar, draft)).etag).toBeNull();
  });

  it.each([
    ["weak", (etag: string) => `W/${etag}`],
    ["unquoted", (etag: string) => etag.replaceAll('"', "")],
  ])("sends a %s ETag back the way If-Match wants it", async (_name, etag) => {
    account.server.quirks = { ...radicale, etag };
    const ref = await account.provider.putEvent(account.calendar, draft);
    await account.provider.putEvent(account.calendar, { ...draft, title: "Newer" }, ref);
    const pulled = (await account.pull()).flatMap(({ upserts }) => upserts);
    await account.provider.deleteEvent(account.calendar, pulled[0] ?? expect.fail("nothing there"));
    expect(account.server.calendar(account.calendar).objects.size).toBe(0);
  });

  it("gives a UID that is no file name an address all the same", async () => {
    const uid = "a/b?c#d:ü ".repeat(40);
    const ref = await account.provider.putEvent(account.calendar, { ...draft, uid });
    expect(await account.provider.putEvent(account.calendar, { ...draft, uid })).toEqual(ref);
    expect(uidsOf(await account.pull())).toEqual([uid.trim()]);
  });

  it.each([200, 202, 204, 404, 410])("a delete that gets %i is done", async (status) => {
    account.server.answer("DELETE", (_, response) => response.writeHead(status).end());
    await account.provider.deleteEvent(account.calendar, { id: `${account.calendar}x.ics`, etag: '"1"' });
  });

  it.each([403, 405, 409, 412])("a delete that gets %i is done when the event is gone", async (status) => {
    account.server.answer("DELETE", (_, response) => response.writeHead(status).end());
    await account.provider.deleteEvent(account.calendar, { id: `${account.calendar}x.ics`, etag: '"1"' });
  });

  it.each([
    [403, "forbidden"],
    [405, "invalid"],
    [412, "conflict"],
    [423, "unavailable"],
  ])("a delete that gets %i while the event is there is %s", async (status, code) => {
    const ref = await account.provider.putEvent(account.calendar, draft);
    account.server.answer("DELETE", (_, response) => response.writeHead(status).end());
    await expect(account.provider.deleteEvent(account.calendar, ref)).rejects.toMatchObject({ code });
  });
});

it("asks one question at a time for one account", async () => {
  let open = 0;
  let most = 0;
  account.server.answer("GET", (_, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      response.writeHead(404).end();
    }, 5);
  });
  account.server.answer("DELETE", (_, response) => response.writeHead(412).end());
  const ref = { id: `${account.calendar}x.ics`, etag: '"1"' };
  const providers = [account.open(), account.open(), account.open()];
  await Promise.all(providers.map((each) => each.deleteEvent(account.calendar, ref)));
  expect(most).toBe(1);
});
