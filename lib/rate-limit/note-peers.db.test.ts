import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { clientAddress } from "./client-address";
import { notePeers } from "./note-peers";

test("the peer stands last, whatever the client claims", async () => {
  const stop = notePeers();
  const server = createServer((request, response) => {
    const headers = new Headers({ "x-forwarded-for": String(request.headers["x-forwarded-for"]) });
    response.end(clientAddress(headers, 0));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    const seen = async (headers: Record<string, string>) => (await fetch(url, { headers })).text();
    expect(await seen({})).toBe("127.0.0.1");
    expect(await seen({ "x-forwarded-for": "203.0.113.7" })).toBe("127.0.0.1");
  } finally {
    stop();
    server.close();
  }
});
