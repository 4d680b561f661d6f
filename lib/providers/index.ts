import { z } from "zod";
import { openCaldav } from "./caldav/caldav";
import { openFake } from "./fake/fake";
import type { ProviderOptions } from "./options";
import type { CalendarProvider, ProviderKind } from "./provider";

export { discoverCaldav, type RemoteAccount, type TypedAccount } from "./caldav/discover";
export { createFakeAccount, type FakeAccount } from "./fake/fake";
export type { ProviderOptions } from "./options";

const caldavCredentials = z.object({ serverUrl: z.string(), username: z.string(), password: z.string() });
const fakeCredentials = z.object({ account: z.string() });

/** The provider of a connection, from its opened credentials. No request is made yet. */
export function openProvider(
  kind: ProviderKind,
  credentials: unknown,
  options: ProviderOptions & { connectionId: string },
): CalendarProvider {
  if (kind === "fake") return openFake(fakeCredentials.parse(credentials).account);
  return openCaldav(caldavCredentials.parse(credentials), options);
}
