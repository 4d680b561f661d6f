import type { Google } from "../google";
import type { Call, Reply } from "../http";
import { oauthError } from "./client";

/** An access token or a refresh token; either ends the whole grant. */
export function revoke(google: Google, call: Call): Reply {
  const value = new URLSearchParams(call.text).get("token") ?? call.url.searchParams.get("token") ?? "";
  const access = google.state.accessTokens.get(value);
  const refresh = google.state.refreshTokens.get(value);
  const isLive = (access && access.expiresAt > google.clock.now()) || (refresh && !refresh.ended);
  const holder = access ?? refresh;
  if (!holder || !isLive) throw oauthError(400, "invalid_token", "Token expired or revoked");
  endGrant(google, holder);
  return { status: 200, body: {} };
}

type Ended = { clientId?: string | undefined; email: string; subtype?: string | undefined };

/** Also what the person does on Google's "third-party access" page; without `clientId` for every app. */
export function endGrant(google: Google, { clientId, email, subtype }: Ended): void {
  const isMeant = (other: { clientId: string; email: string }) =>
    other.email === email && (clientId === undefined || other.clientId === clientId);
  const { grants, accessTokens, refreshTokens, channels } = google.state;
  for (const [key, grant] of grants) if (isMeant(grant)) grants.delete(key);
  for (const [key, access] of accessTokens) if (isMeant(access)) accessTokens.delete(key);
  for (const refresh of refreshTokens.values()) {
    if (isMeant(refresh)) refresh.ended ??= subtype ? { subtype } : {};
  }
  for (const channel of channels.values()) if (isMeant(channel)) channel.stopped = true;
}
