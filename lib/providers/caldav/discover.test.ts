import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type HostileCaldav, startHostileCaldav } from "@/e2e/hostile-caldav";
import { accidents, type Handler, radicale } from "@/e2e/hostile-caldav-quirks";
import { collectionXml, multistatusXml } from "@/e2e/hostile-caldav-xml";
import { findCandidates, type ServiceRecords } from "./candidates";
import { discoverCaldav } from "./discover";

let server: HostileCaldav;
beforeAll(async () => {
  server = await startHostileCaldav();
});
afterAll(() => server.stop());
beforeEach(() => server.reset());

const silent: ServiceRecords = {
  srv: () => Promise.reject(new Error()),
  txt: () => Promise.reject(new Error()),
};

function discover(address = server.url, password = server.password) {
  const typed = { server: address, username: server.user, password };
  return discoverCaldav(typed, { allowPrivate: true, timeoutMs: 1_000, retryDelayMs: 1 }, silent);
}

describe("discoverCaldav", () => {
  it.each(["", "dav/ada/", "dav/ada/work/", "nowhere/"])("finds the account from /%s", async (path) => {
    const calendar = server.addCalendar();
    if (path.endsWith("work/"))
      server.answer("PROPFIND /dav/ada/work/\\n", (_, answer) => answer.writeHead(403).end(), 1);
    const account = await discover(server.url + path);
    expect(account).toMatchObject({
      principalUrl: `${server.url}dav/ada/`,
      homeUrl: `${server.url}dav/ada/`,
      calendars: [{ id: calendar }],
    });
  });

  it("stores one address, whichever was typed", async () => {
    const addresses = [server.url, server.url.slice(0, -1), `  ${server.url} `];
    const accounts = await Promise.all(addresses.map((address) => discover(address)));
    expect(new Set(accounts.map(({ credentials }) => credentials.serverUrl))).toEqual(new Set([server.url]));
  });

  it.each(["captivePortal", "garbage", "serverError"] as const)(
    "goes on from a well-known address with %s to the root",
    async (accident) => {
      server.answer("/.well-known/caldav", accidents[accident]);
      expect((await discover()).credentials.serverUrl).toBe(server.url);
    },
  );

  it("refuses a wrong password at once", async () => {
    await expect(discover(server.url, "wrong")).rejects.toMatchObject({ code: "reconnect" });
    expect(server.asked).toHaveLength(1);
  });

  it("says when there is no CalDAV server", async () => {
    server.answer(/./, (_, response) => response.writeHead(404).end());
    await expect(discover()).rejects.toMatchObject({
      code: "invalid",
      field: "server",
      message: "No CalDAV server was found at 127.0.0.1.",
    });
  });

  it("says when the server is down rather than that there is none", async () => {
    server.answer(/./, accidents.unavailable);
    await expect(discover()).rejects.toMatchObject({ code: "unavailable" });
  });

  it("does not show the password to the host a redirect leads to", async () => {
    const other = await startHostileCaldav();
    server.answer(/./, (_, response) => response.writeHead(301, { location: other.url }).end());
    const failure = await discover().catch((error) => error);
    expect(failure).toMatchObject({ code: "invalid", field: "server" });
    expect(other.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    await other.stop();
  });

  it.each(["principal", "home"])("does not show the password to the host of a %s elsewhere", async (kind) => {
    const other = await startHostileCaldav();
    const link = { [kind]: `${other.url}dav/ada/` };
    const asked = kind === "home" ? "calendar-home-set" : "current-user-principal";
    server.answer(asked, (_, response) =>
      response.writeHead(207).end(multistatusXml([collectionXml("/", link)])),
    );
    await expect(discover()).rejects.toMatchObject({ code: "invalid", field: "server" });
    expect(other.asked).toEqual([]);
    await other.stop();
  });

  it("names the sign-in it does not speak", async () => {
    const digest: Handler = (_, response) =>
      response.writeHead(401, { "www-authenticate": "Digest realm=x" }).end();
    server.answer(/./, digest);
    await expect(discover()).rejects.toMatchObject({
      code: "reconnect",
      message: expect.stringMatching("Digest"),
    });
  });
});

describe("the calendars", () => {
  const listed = async (calendarProperties: string) => {
    server.quirks = { ...radicale, calendarProperties };
    server.addCalendar("some%20name");
    return (await discover()).calendars[0];
  };

  it.each([
    ["<d:displayname>2024</d:displayname>", { name: "2024" }],
    ["<d:displayname>Büro &amp; <![CDATA[<Co>]]></d:displayname>", { name: "Büro & <Co>" }],
    ["<d:displayname/>", { name: "some name" }],
    ["<i:calendar-color>#FF2D55FF</i:calendar-color>", { color: "#ff2d55" }],
    ["<i:calendar-color>#abc</i:calendar-color>", { color: "#aabbcc" }],
    ["<i:calendar-color>red</i:calendar-color>", { color: null }],
    ["<i:calendar-color>123456</i:calendar-color>", { color: "#123456" }],
    [privileges("read"), { isReadOnly: true }],
    [privileges("read", "write-properties"), { isReadOnly: true }],
    [privileges("read", "write-content"), { isReadOnly: false }],
    [privileges("all"), { isReadOnly: false }],
    [components("VEVENT", "VTODO"), { isReadOnly: false }],
    [components("vevent"), { isReadOnly: false }],
  ])("of %s", async (properties, expected) => {
    expect(await listed(properties)).toMatchObject(expected);
  });

  it("leave out what holds no events", async () => {
    expect(await listed(components("VTODO"))).toBeUndefined();
  });

  it("are listed whole or not at all", async () => {
    server.addCalendar();
    const broken = "<response><href>/dav/ada/x/</href><status>HTTP/1.1 500 x</status></response>";
    server.answer("displayname", (_, response) =>
      response.writeHead(207).end(`<multistatus xmlns="DAV:">${broken}</multistatus>`),
    );
    await expect(discover()).rejects.toMatchObject({ code: "unavailable" });
  });
});

function privileges(...names: string[]): string {
  const all = names.map((name) => `<d:privilege><d:${name}/></d:privilege>`);
  return `<d:current-user-privilege-set>${all.join("")}</d:current-user-privilege-set>`;
}

function components(...names: string[]): string {
  const all = names.map((name) => `<c:comp name="${name}"/>`);
  return `<c:supported-calendar-component-set>${all.join("")}</c:supported-calendar-component-set>`;
}

describe("findCandidates", () => {
  const records: ServiceRecords = {
    srv: async (name) => {
      expect(name).toBe("_caldavs._tcp.example.org");
      return [
        { name: "second.example.org", port: 443, priority: 2, weight: 0 },
        { name: "dav.example.org", port: 8443, priority: 1, weight: 0 },
      ];
    },
    txt: async () => [["path=/caldav/"]],
  };

  it("asks the DNS about a mail domain (RFC 6764)", async () => {
    const candidates = await findCandidates("ada@example.org", records);
    expect(candidates.filter((url) => !url.includes("well-known"))).toEqual([
      "https://dav.example.org:8443/caldav/",
      "https://dav.example.org:8443/",
      "https://second.example.org/caldav/",
      "https://second.example.org/",
      "https://example.org/",
    ]);
  });

  it("tries the domain itself when the DNS is silent or says no", async () => {
    const own = ["https://example.org/.well-known/caldav", "https://example.org/"];
    expect(await findCandidates("ada@example.org", silent)).toEqual(own);
    const no = { ...silent, srv: async () => [{ name: ".", port: 0, priority: 0, weight: 0 }] };
    expect(await findCandidates("ada@example.org", no)).toEqual(own);
  });

  it("takes a host name for https", async () => {
    expect(await findCandidates("dav.example.org:8443/ada/", silent)).toContain(
      "https://dav.example.org:8443/ada/",
    );
  });

  it("knows where a Nextcloud below a path has its calendars", async () => {
    const lastOf = async (typed: string) => (await findCandidates(typed, silent)).at(-1);
    const dav = "https://example.org/cloud/remote.php/dav/";
    expect(await lastOf("https://example.org/cloud")).toBe(dav);
    expect(await lastOf("https://example.org/cloud/index.php/apps/calendar/dayGridMonth/now")).toBe(dav);
    expect(await lastOf("https://example.org")).toBe("https://example.org/remote.php/dav/");
    const itself = `${dav}calendars/ada/`;
    expect((await findCandidates(itself, silent)).filter((url) => url.includes("remote.php"))).toEqual([
      itself,
    ]);
  });

  it("refuses what is no address", async () => {
    await expect(findCandidates("not an address", silent)).rejects.toMatchObject({
      code: "invalid",
      field: "server",
    });
  });
});
