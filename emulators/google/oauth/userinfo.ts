import type { Google } from "../google";
import type { Call, Reply } from "../http";
import type { AccessToken } from "../state";
import { oauthError } from "./client";

export function userinfo(google: Google, call: Call): Reply {
  const value = (call.headers.authorization ?? "").replace(/^Bearer /, "");
  const access = liveToken(google, value);
  const user = access && google.state.users.get(access.email);
  if (!access || !user) throw oauthError(401, "invalid_request", "Invalid Credentials");
  const sees = (scope: string) => access.scopes.some((held) => held.endsWith(scope));
  if (!sees("openid") && !sees("userinfo.email") && !sees("userinfo.profile")) {
    throw oauthError(403, "insufficient_scope", "Request had insufficient authentication scopes.");
  }
  return {
    status: 200,
    body: {
      sub: user.sub,
      ...(sees("userinfo.email") ? { email: user.email, email_verified: true } : {}),
      ...(sees("userinfo.profile") ? { name: user.name } : {}),
    },
  };
}

export function tokeninfo(google: Google, call: Call): Reply {
  const form = new URLSearchParams(call.text);
  const value = call.url.searchParams.get("access_token") ?? form.get("access_token") ?? "";
  const access = liveToken(google, value);
  if (!access) throw oauthError(400, "invalid_token", "Invalid Value");
  const { sub } = google.state.users.get(access.email) ?? {};
  return {
    status: 200,
    body: {
      azp: access.clientId,
      aud: access.clientId,
      sub,
      scope: access.scopes.join(" "),
      exp: String(Math.floor(access.expiresAt / 1000)),
      expires_in: String(Math.floor((access.expiresAt - google.clock.now()) / 1000)),
      email: access.email,
      email_verified: "true",
      access_type: "offline",
    },
  };
}

export function liveToken(google: Google, value: string): AccessToken | null {
  const access = google.state.accessTokens.get(value);
  return access && access.expiresAt > google.clock.now() ? access : null;
}
