import type { ProviderKind } from "@/lib/providers/provider";
import { findUrl } from "@/lib/url";

/** Who a calendar account is with, in a word: Google, or the host name of a server. */
export function providerName(provider: ProviderKind, serverUrl: string): string {
  if (provider === "google") return "Google";
  return findUrl(serverUrl)?.host ?? serverUrl;
}
