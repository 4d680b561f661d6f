import type { Viewer } from "@/lib/auth/viewer";
import { env } from "@/lib/env";
import { googleRedirectUri } from "./oauth";

/** Whether Google can be connected here; if not, an administrator learns the address to register there. */
export type GoogleSetup = { isReady: true } | { isReady: false; redirectUri: string | null };

export function googleSetup({ role }: Viewer): GoogleSetup {
  if (env().GOOGLE_CLIENT_ID) return { isReady: true };
  return { isReady: false, redirectUri: role === "admin" ? googleRedirectUri() : null };
}
