import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Radicale, startRadicale } from "@/e2e/radicale";
import { describeProvider } from "../contract";
import { davApps } from "../contract/dav-apps";
import { openCaldav } from "./caldav";
import { discoverCaldav } from "./discover";

describeProvider("CalDAV, Radicale", async () => {
  const server = await startRadicale();
  const credentials = { serverUrl: server.url, username: server.user, password: server.password };
  return {
    provider: openCaldav(credentials, { allowPrivate: true }),
    ...davApps(server),
    expire: (cursor) => cursor.replace(/sync\/\w+/, `sync/${"0".repeat(64)}`),
    stop: server.stop,
  };
});

describe("discovery at Radicale", () => {
  let server: Radicale;
  beforeAll(async () => {
    server = await startRadicale();
  });
  afterAll(() => server?.stop());

  it("finds the account and its calendars", async () => {
    const id = await server.makeCalendar("work", { displayName: "2024", color: "#FF2D55FF" });
    const { url, user, password } = server;
    const account = await discoverCaldav({ server: url, username: user, password }, { allowPrivate: true });
    expect(account).toEqual({
      credentials: { serverUrl: url, username: user, password },
      principalUrl: `${url}ada/`,
      homeUrl: `${url}ada/`,
      calendars: [{ id, name: "2024", color: "#ff2d55", isReadOnly: false }],
    });
  });

  it("asks to reconnect with a wrong password", async () => {
    const typed = { server: server.url, username: server.user, password: "wrong" };
    await expect(discoverCaldav(typed, { allowPrivate: true })).rejects.toMatchObject({ code: "reconnect" });
  });
});
