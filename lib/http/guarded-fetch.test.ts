import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { AppError } from "@/lib/errors";
import { mayKnowSecret, type Resolve } from "./addresses";
import { createGuardedFetch, type GuardedRequest } from "./guarded-fetch";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const limits = { maxBytes: 10_000, timeoutMs: 2_000, retryDelayMs: 1 };
const open = createGuardedFetch({ allowPrivate: true });
const get = (url: string, more: Partial<GuardedRequest> = {}) => open({ url, ...limits, ...more });
const resolveTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("should have failed"),
    (error: AppError) => error,
  );

describe("addresses", () => {
  const strict = createGuardedFetch({ allowPrivate: false });

  it.each([
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "not an address",
    "https://user:pass@example.com/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://169.254.169.254/latest/meta-data/",
  ])("refuses %s without a request", async (url) => {
    expect(await failure(strict({ url, ...limits }))).toMatchObject({ code: "invalid" });
  });

  it.each([
    "10.0.0.1",
    "127.0.0.1",
    "::1",
    "fd00::1",
    "100.64.0.1",
    "0.0.0.0",
    "64:ff9b::7f00:1",
    "::ffff:10.0.0.1",
  ])("refuses a name that stands for %s", async (address) => {
    const guarded = createGuardedFetch({ allowPrivate: false, resolve: resolveTo(address) });
    const error = await failure(guarded({ url: "https://calendar.example/", ...limits }));
    expect(error).toMatchObject({ code: "invalid", message: expect.stringContaining("calendar.example") });
  });

  it("refuses a name when only one of its addresses is private", async () => {
    const guarded = createGuardedFetch({ allowPrivate: false, resolve: resolveTo("1.1.1.1", "10.0.0.1") });
    expect(await failure(guarded({ url: "https://calendar.example/", ...limits }))).toMatchObject({
      code: "invalid",
    });
  });

  it("connects to the address it checked, whatever the name says next", async () => {
    const port = new URL(await serve((_, response) => response.end("checked"))).port;
    let asked = 0;
    const resolve: Resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? "127.0.0.1" : "192.0.2.1", family: 4 }];
    };
    const guarded = createGuardedFetch({ allowPrivate: true, resolve });
    const response = await guarded({ url: `http://rebinding.example:${port}/`, ...limits });
    expect(response.body.toString()).toBe("checked");
    expect(asked).toBe(1);
  });
});

describe("credentials after a redirect", () => {
  it.each([
    ["https://dav.example/", "https://dav.example/elsewhere/", true],
    ["http://dav.example/", "https://dav.example/", true],
    ["https://dav.example/", "http://dav.example/", false],
    ["https://dav.example/", "https://dav.example:8443/", false],
    ["https://dav.example/", "https://evil.example/", false],
    ["https://caldav.icloud.com/", "https://p07-caldav.icloud.com/1/", true],
    ["https://caldav.icloud.com/", "http://p07-caldav.icloud.com/1/", false],
    ["https://caldav.icloud.com/", "https://p07-caldav.icloud.com.evil.example/", false],
    ["https://caldav.icloud.com/", "https://evil-caldav.icloud.com/", false],
    ["https://dav.example/", "https://p07-caldav.icloud.com/", false],
  ])("from %s to %s: %s", (first, url, expected) => {
    expect(mayKnowSecret(new URL(first), new URL(url))).toBe(expected);
  });
});

describe("redirects", () => {
  it("keeps method, body and credentials on the same host", async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      request.setEncoding("utf8").on("data", (text) => {
        seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${text}`);
      });
      request.on("end", () => {
        if (request.url === "/") response.writeHead(301, { location: "/dav/" });
        response.end();
      });
    });
    const response = await get(url, { method: "PROPFIND", body: "<x/>", authorization: "Basic s3cret" });
    expect(seen).toEqual(["PROPFIND / Basic s3cret <x/>", "PROPFIND /dav/ Basic s3cret <x/>"]);
    expect(response).toMatchObject({ url: `${url}/dav/`, sentCredentials: true });
  });

  it("keeps the credentials from another host", async () => {
    let given: string | undefined;
    const other = await serve((request, response) => {
      given = request.headers.authorization;
      response.end();
    });
    const url = await serve((_, response) => response.writeHead(302, { location: other }).end());
    expect(await get(url, { authorization: "Basic s3cret" })).toMatchObject({ sentCredentials: false });
    expect(given).toBeUndefined();
  });

  it("checks every hop", async () => {
    const url = await serve((_, response) =>
      response.writeHead(302, { location: "file:///etc/passwd" }).end(),
    );
    expect(await failure(get(url))).toMatchObject({ code: "invalid" });
  });

  it("leads nowhere that is refused, by address or by name", async () => {
    const url = await serve((request, response) => {
      const location = request.url === "/name" ? "http://inside.example/" : "http://0.0.0.0/";
      response.writeHead(301, { location }).end();
    });
    const resolve = resolveTo("0.0.0.0");
    const guarded = createGuardedFetch({ allowPrivate: true, resolve });
    for (const [path, host] of [
      ["/", "0.0.0.0"],
      ["/name", "inside.example"],
    ])
      expect(await failure(guarded({ url: url + path, ...limits }))).toMatchObject({
        code: "invalid",
        message: `${host} is not on the public internet, so it is not contacted.`,
      });
  });

  it.each([
    ["none", [], null],
    ["one for good", [301], 1],
    ["some for good", [301, 308], 2],
    ["one for now", [302], null],
    ["one for now, then one for good", [307, 301], null],
    ["one for good, then one for now, then one for good", [308, 302, 301], 1],
  ])("tell where it has moved for good: %s", async (_name, statuses, hops) => {
    const url = await serve((request, response) => {
      const hop = Number(request.url?.slice(1));
      const status = statuses[hop];
      if (status) response.writeHead(status, { location: `/${hop + 1}` });
      response.end();
    });
    expect(await get(`${url}/0`)).toMatchObject({
      permanentUrl: hops === null ? null : `${url}/${hops}`,
      url: `${url}/${statuses.length}`,
    });
  });

  it("gives up on a circle", async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: "/" }).end());
    expect(await failure(get(url))).toMatchObject({
      code: "invalid",
      message: expect.stringContaining("redirects"),
    });
  });
});

describe("limits", () => {
  it("stops reading a body that is too large", async () => {
    let isOpen = true;
    const url = await serve((_, response) => {
      response.on("close", () => {
        isOpen = false;
      });
      const more = () => {
        while (isOpen && response.write(Buffer.alloc(5_000)));
        if (isOpen) response.once("drain", more);
      };
      more();
    });
    expect(await failure(get(url))).toMatchObject({
      code: "invalid",
      message: "127.0.0.1 sent more than 10 KB, more than is read here.",
    });
    await expect.poll(() => isOpen).toBe(false);
  });

  it("counts what a compressed body unfolds to", async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    const url = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    );
    expect(await failure(get(url))).toMatchObject({ message: expect.stringContaining("10 KB") });
  });

  it.each([
    ["before the head", () => {}],
    ["in the middle of the body", (_, response) => response.writeHead(200).write("half")],
  ] satisfies [string, Handler][])("gives up on a server that hangs %s", async (_name, handler) => {
    const url = await serve(handler);
    expect(await failure(get(url, { timeoutMs: 100 }))).toMatchObject({
      code: "unavailable",
      message: "127.0.0.1 took too long to answer.",
    });
  });
});

describe("failures that pass", () => {
  const failing = (times: number, fail: Handler) => {
    let asked = 0;
    const handler: Handler = (request, response) => {
      asked += 1;
      if (asked <= times) fail(request, response);
      else response.end("there");
    };
    return { handler, asked: () => asked };
  };
  const busy: Handler = (_, response) => response.writeHead(503, { "retry-after": "0" }).end();

  it.each([
    ["503", busy],
    ["a dropped connection", (request) => request.socket.destroy()],
  ] satisfies [string, Handler][])("tries again after %s", async (_name, fail) => {
    const { handler, asked } = failing(2, fail);
    expect((await get(await serve(handler))).body.toString()).toBe("there");
    expect(asked()).toBe(3);
  });

  it("takes no part of an answer for the whole", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("half", () => response.destroy());
    });
    expect(await failure(get(url))).toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/^The connection to 127\.0\.0\.1 failed/),
    });
  });

  it("hands on that nothing changed", async () => {
    const url = await serve((request, response) => {
      response.writeHead(request.headers["if-none-match"] === 'W/"1"' ? 304 : 200).end();
    });
    expect(await get(url, { headers: { "if-none-match": 'W/"1"' } })).toMatchObject({ status: 304 });
  });

  it("does not repeat a write", async () => {
    const { handler, asked } = failing(1, busy);
    expect(await failure(get(await serve(handler), { method: "PUT", body: "x" }))).toMatchObject({
      code: "unavailable",
    });
    expect(asked()).toBe(1);
  });

  it("leaves a long Retry-After to the caller", async () => {
    const url = await serve((_, response) => response.writeHead(429, { "retry-after": "120" }).end());
    expect(await failure(get(url))).toMatchObject({ code: "rate_limited", retryAfterSeconds: 120 });
  });

  it("is sent away for an hour at most, where nobody allows more", async () => {
    const url = await serve((_, response) => response.writeHead(503, { "retry-after": "86400" }).end());
    expect(await failure(get(url))).toMatchObject({ retryAfterSeconds: 3600 });
    const longestRetryAfterSeconds = 100_000;
    expect(await failure(get(url, { longestRetryAfterSeconds }))).toMatchObject({
      retryAfterSeconds: 86_400,
    });
  });

  it("reads a Retry-After that is a date", async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const url = await serve((_, response) => response.writeHead(503, { "retry-after": date }).end());
    const error = await failure(get(url));
    expect(error.retryAfterSeconds).toBeGreaterThan(3_590);
  });

  it("names the host and the reason, and no secret", async () => {
    const url = await serve(() => {});
    await new Promise((done) => servers.pop()?.close(done));
    const error = await failure(get(`${url}/private-feed-token`, { authorization: "Basic s3cret" }));
    expect(error.message).toBe("127.0.0.1 refused the connection.");
    expect(`${error.stack}${error.cause}`).not.toMatch(/s3cret|private-feed-token/);
  });

  it("says so when no such server exists", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error(), { code: "ENOTFOUND" }));
    const guarded = createGuardedFetch({ allowPrivate: false, resolve });
    const error = await failure(guarded({ url: "https://nowhere.example/", ...limits }));
    expect(error).toMatchObject({
      code: "unavailable",
      message: "No server called nowhere.example could be found.",
    });
  });
});
