import { z } from "zod";
import { openCaldav } from "./caldav/caldav";
import { openFake } from "./fake/fake";
import { openGoogle } from "./google/google";
import { openIcs } from "./ics/ics";
import type { ProviderOptions } from "./options";
import type { CalendarProvider, GoogleAccess } from "./provider";

export { discoverCaldav, type RemoteAccount, type TypedAccount } from "./caldav/discover";
export { createFakeAccount, type FakeAccount } from "./fake/fake";
export { normalizeFeedUrl } from "./ics/address";
export type { ProviderOptions } from "./options";
export { PushUnsupported } from "./push-unsupported";

/** How an account is reached: by what was stored for it, or by tokens that somebody keeps fresh. */
export type ProviderAccess =
  | { kind: "caldav" | "ics" | "fake"; credentials: unknown }
  | { kind: "google"; access: GoogleAccess };

const caldavCredentials = z.object({ serverUrl: z.string(), username: z.string(), password: z.string() });
const icsCredentials = z.object({ url: z.string() });
const fakeCredentials = z.object({ account: z.string() });

/** The provider of a connection. No request is made yet. */
export function openProvider(
  access: ProviderAccess,
  options: ProviderOptions & { connectionId: string },
): CalendarProvider {
  switch (access.kind) {
    case "fake":
      return openFake(fakeCredentials.parse(access.credentials).account);
    case "caldav":
      return openCaldav(caldavCredentials.parse(access.credentials), options);
    case "ics":
      return openIcs(icsCredentials.parse(access.credentials), options);
    case "google":
      return openGoogle(access.access, options);
  }
}
