import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ResponseBodyError,
  refreshTokenGrant,
  tokenRevocation,
} from "openid-client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { googleClient } from "./client";
import type { GoogleTokens } from "./credentials";
import { isInvalidGrant, translated, withdrawn } from "./failures";
import { askedScopes } from "./scopes";

/** What makes the answer of the consent page ours: known to this browser's cookie and to Google. */
export type Secrets = { state: string; nonce: string; verifier: string };

/** An account that somebody let us into. */
export type Grant = {
  subject: string;
  email: string;
  tokens: Omit<GoogleTokens, "refreshToken"> & { refreshToken: string | null };
};

export const googleRedirectUri = () => `${env().APP_URL}/api/connect/google/callback`;

/** Where somebody lets us in. @throws AppError unavailable */
export async function consentUrl(secrets: Secrets, loginHint: string | null): Promise<string> {
  const url = buildAuthorizationUrl(await googleClient(), {
    redirect_uri: googleRedirectUri(),
    scope: askedScopes.join(" "),
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: "S256",
    access_type: "offline",
    // Only a first consent brings a refresh token unless asked for; and who is signed in at Google with one account
    // may mean to connect another.
    prompt: loginHint ? "consent" : "select_account consent",
    include_granted_scopes: "true",
    ...(loginHint ? { login_hint: loginHint } : {}),
  });
  return url.href;
}

/** @throws AppError forbidden (not allowed), invalid (state, or a code used before), unavailable */
export async function redeemCode(answer: URLSearchParams, secrets: Secrets, now: Date): Promise<Grant> {
  const client = await googleClient();
  try {
    const granted = await authorizationCodeGrant(client, new URL(`${googleRedirectUri()}?${answer}`), {
      expectedState: secrets.state,
      expectedNonce: secrets.nonce,
      pkceCodeVerifier: secrets.verifier,
      idTokenExpected: true,
    });
    const claims = granted.claims();
    if (!claims || typeof claims.email !== "string") {
      throw new AppError("unavailable", "Google did not say whose account this is. Try it again.");
    }
    const tokens = { ...readTokens(granted, now), refreshToken: granted.refresh_token ?? null };
    return { subject: claims.sub, email: claims.email, tokens };
  } catch (error) {
    throw translated(error);
  }
}

/** Keeps the refresh token where none comes. @throws AppError reconnect (withdrawn), unavailable, rate_limited */
export async function refreshTokens(old: GoogleTokens, now: Date): Promise<GoogleTokens> {
  const client = await googleClient();
  try {
    const granted = await refreshTokenGrant(client, old.refreshToken);
    const read = readTokens(granted, now);
    return {
      ...read,
      refreshToken: granted.refresh_token ?? old.refreshToken,
      scopes: granted.scope ? read.scopes : old.scopes,
    };
  } catch (error) {
    if (isInvalidGrant(error)) throw new AppError("reconnect", withdrawn);
    throw translated(error);
  }
}

/** Ends the whole grant of its account; ended already is fine. @throws AppError unavailable, rate_limited */
export async function revokeGrant(token: string): Promise<void> {
  const client = await googleClient();
  try {
    await tokenRevocation(client, token);
  } catch (error) {
    if (error instanceof ResponseBodyError && error.error === "invalid_token") return;
    throw translated(error);
  }
}

type Answer = { access_token: string; expires_in?: number | undefined; scope?: string | undefined };

function readTokens({ access_token, expires_in = 0, scope = "" }: Answer, now: Date) {
  return {
    accessToken: access_token,
    expiresAt: new Date(now.getTime() + expires_in * 1000).toISOString(),
    scopes: scope.split(" ").filter(Boolean),
  };
}
