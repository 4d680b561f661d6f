import { z } from "zod";
import { openCredentials, sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** What is sealed in a Google connection. */
const tokens = z.object({
  refreshToken: z.string().min(1),
  accessToken: z.string().min(1),
  expiresAt: z.iso.datetime(),
  scopes: z.array(z.string()),
});
export type GoogleTokens = z.infer<typeof tokens>;

export function sealTokens(connectionId: string, values: GoogleTokens): string {
  return sealCredentials(connectionId, tokens.parse(values), env().FERNET_KEYS);
}

/** @throws AppError reconnect when no key opens them any more */
export function openTokens(connectionId: string, sealed: string): GoogleTokens {
  try {
    return tokens.parse(openCredentials(connectionId, sealed, env().FERNET_KEYS));
  } catch {
    // The cause would show what was sealed.
    throw new AppError(
      "reconnect",
      "The stored access to Google can no longer be opened. Continue with Google once more to renew it.",
    );
  }
}

/**
 * Tokens are for the Google they came from: real ones go to no emulator that the settings lead to now.
 * @throws AppError unavailable
 */
export function checkIssuer(serverUrl: string): void {
  if (serverUrl === env().GOOGLE_ISSUER) return;
  throw new AppError(
    "unavailable",
    "This account was connected at another Google than the one Calends uses now. Ask your administrator.",
  );
}
