import { env } from "@/lib/env";
import type { ProviderKind } from "@/lib/providers/provider";

/** The providers that can notify, and where theirs arrive. */
const paths: Partial<Record<ProviderKind, string>> = { google: "/api/webhooks/google-calendar" };

export type Callback = { ok: true; address: string } | { ok: false; why: string };

/** Where a provider of this kind is to send its notifications, or why it cannot. */
export function callbackOf(kind: ProviderKind): Callback {
  const path = paths[kind];
  if (!path) return { ok: false, why: "Its server sends no notifications, so it is read on a schedule." };
  const { APP_URL, GOOGLE_API_BASE_URL } = env();
  // The emulator on this machine takes http, too.
  if (APP_URL.startsWith("https:") || GOOGLE_API_BASE_URL.startsWith("http:"))
    return { ok: true, address: `${APP_URL}${path}` };
  return {
    ok: false,
    why: "Notifications are sent to https addresses alone, and Calends is reached by http (APP_URL).",
  };
}

/** The kinds of providers whose calendars can have channels here. */
export function notifyingKinds(): ProviderKind[] {
  return (Object.keys(paths) as ProviderKind[]).filter((kind) => callbackOf(kind).ok);
}
