import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startXandikos, type Xandikos } from "@/e2e/xandikos";
import { describeProvider } from "../contract";
import { davApps } from "../contract/dav-apps";
import { openCaldav } from "./caldav";
import { discoverCaldav } from "./discover";

const credentialsOf = ({ url, user, password }: Xandikos) => ({ serverUrl: url, username: user, password });

describeProvider("CalDAV, Xandikos", async () => {
  const server = await startXandikos();
  return {
    provider: openCaldav(credentialsOf(server), { allowPrivate: true, retryDelayMs: 1 }),
    ...davApps(server),
    // Its iCalendar library takes an escaped backslash before an n for a line end.
    kept: (text) => text.replace("\\n", "\n"),
    expire: (cursor) => cursor.replace(/"token":"[^"]*"/, `"token":"${"0".repeat(40)}"`),
    stop: server.stop,
  };
});

describe("discovery at Xandikos", () => {
  let server: Xandikos;
  beforeAll(async () => {
    server = await startXandikos();
  });
  afterAll(() => server?.stop());

  it("finds the account and its calendars", async () => {
    const id = await server.makeCalendar("work");
    const { url, user, password } = server;
    const account = await discoverCaldav({ server: url, username: user, password }, { allowPrivate: true });
    expect(account).toMatchObject({
      credentials: { serverUrl: url, username: user, password },
      principalUrl: `${url}user/`,
      homeUrl: `${url}user/calendars/`,
    });
    expect(account.calendars).toContainEqual({ id, name: "work", color: null, isReadOnly: false });
  });
});
