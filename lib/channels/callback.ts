import { env } from "@/lib/env";
import type { ProviderKind } from "@/lib/providers/provider";

/** The providers that can notify, and where theirs arrive. The fake speaks as Google does. */
const paths: Partial<Record<ProviderKind, string>> = {
  google: "/api/webhooks/google-calendar",
  fake: "/api/webhooks/google-calendar",
};

export type Callback = { ok: true; address: string } | { ok: false; why: string };

/** Where a provider of this kind is to send its notifications, or why it cannot. */
export function callbackOf(kind: ProviderKind): Callback {
  const path = paths[kind];
  if (!path) return { ok: false, why: "CalDAV servers send no notifications, so it is read on a schedule." };
  const { APP_URL, GOOGLE_API_BASE_URL } = env();
  // An emulator on this machine, and the fake, take any address.
  const takesHttp = kind === "fake" || GOOGLE_API_BASE_URL.startsWith("http:");
  if (APP_URL.startsWith("https:") || takesHttp) return { ok: true, address: `${APP_URL}${path}` };
  return {
    ok: false,
    why: "Notifications are sent to https addresses alone, and Calends is reached by http (APP_URL).",
  };
}

/** The kinds of providers whose calendars can have channels here. */
export function notifyingKinds(): ProviderKind[] {
  return (Object.keys(paths) as ProviderKind[]).filter((kind) => callbackOf(kind).ok);
}
