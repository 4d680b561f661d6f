import { createHash } from "node:crypto";
import type { Google } from "../google";
import type { Call, Reply } from "../http";
import { randomToken } from "../random";
import { day } from "../settings";
import type { Client, Code, RefreshToken } from "../state";
import { authenticateClient, oauthError } from "./client";
import { idToken } from "./id-token";

const mostRefreshTokens = 100;
const unusedFor = 183 * day;
const testingFor = 7 * day;

export function token(google: Google, call: Call): Reply {
  if (!(call.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded")) {
    throw oauthError(400, "invalid_request", "The request must be form-encoded.");
  }
  const form = new URLSearchParams(call.text);
  const client = authenticateClient(google, call, form);
  const grantType = form.get("grant_type");
  if (grantType === "authorization_code") return redeem(google, client, form);
  if (grantType === "refresh_token") return refresh(google, client, form);
  if (!grantType) throw oauthError(400, "invalid_request", "Missing required parameter: grant_type");
  throw oauthError(400, "unsupported_grant_type", `Invalid grant_type: ${grantType}`);
}

function redeem(google: Google, client: Client, form: URLSearchParams): Reply {
  const code = google.state.codes.get(form.get("code") ?? "");
  if (!code || code.clientId !== client.id) throw oauthError(400, "invalid_grant", "Malformed auth code.");
  if (code.isUsed) throw oauthError(400, "invalid_grant", "Code was already redeemed.");
  if (code.expiresAt <= google.clock.now()) throw oauthError(400, "invalid_grant", "Bad Request");
  if (code.redirectUri !== form.get("redirect_uri")) {
    throw oauthError(400, "redirect_uri_mismatch", "Bad Request");
  }
  checkVerifier(code, form.get("code_verifier"));
  code.isUsed = true;
  const scopes = code.scopes;
  return answer({
    ...accessToken(google, { clientId: client.id, email: code.email, scopes }),
    ...(code.isOffline ? { refresh_token: issueRefreshToken(google, code) } : {}),
    ...(scopes.includes("openid") ? { id_token: idToken(google, code) } : {}),
  });
}

/** A code that was asked for with a challenge is worth nothing without what the challenge was made of. */
function checkVerifier(code: Code, verifier: string | null): void {
  if (!code.challenge) return;
  if (!verifier) throw oauthError(400, "invalid_grant", "Missing code verifier.");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  if (challenge !== code.challenge) throw oauthError(400, "invalid_grant", "Invalid code verifier.");
}

/** No new refresh token comes with it: the one there is stays good. */
function refresh(google: Google, client: Client, form: URLSearchParams): Reply {
  const found = google.state.refreshTokens.get(form.get("refresh_token") ?? "");
  if (!form.get("refresh_token")) {
    throw oauthError(400, "invalid_request", "Missing required parameter: refresh_token");
  }
  if (!found || isDead(google, found, client)) {
    const subtype = found?.ended?.subtype;
    const more = subtype ? { error_subtype: subtype } : {};
    throw oauthError(400, "invalid_grant", "Token has been expired or revoked.", more);
  }
  if (found.clientId !== client.id) throw oauthError(401, "unauthorized_client", "Unauthorized");
  found.usedAt = google.clock.now();
  return answer(accessToken(google, found));
}

function isDead(google: Google, found: RefreshToken, client: Client): boolean {
  const now = google.clock.now();
  if (found.ended || now - found.usedAt > unusedFor) return true;
  return client.status === "testing" && now - found.issuedAt > testingFor;
}

type Holder = { clientId: string; email: string; scopes: string[] };

function accessToken(google: Google, { clientId, email, scopes }: Holder) {
  const seconds = google.state.settings.accessTokenSeconds;
  const value = `ya29.${randomToken(google.state, 60)}`;
  const expiresAt = google.clock.now() + seconds * 1000;
  google.state.accessTokens.set(value, { clientId, email, scopes, expiresAt });
  return { access_token: value, expires_in: seconds, scope: scopes.join(" "), token_type: "Bearer" };
}

/** The hundred-and-first of one account and client silently ends the oldest. */
function issueRefreshToken(google: Google, { clientId, email, scopes }: Holder): string {
  const now = google.clock.now();
  const live = [...google.state.refreshTokens.values()].filter(
    (other) => other.clientId === clientId && other.email === email && !other.ended,
  );
  for (const oldest of live.slice(0, Math.max(0, live.length + 1 - mostRefreshTokens))) oldest.ended = {};
  const value = `1//0${randomToken(google.state, 60)}`;
  google.state.refreshTokens.set(value, { clientId, email, scopes, usedAt: now, issuedAt: now });
  return value;
}

function answer(body: object): Reply {
  return { status: 200, headers: { "cache-control": "no-store" }, body };
}
