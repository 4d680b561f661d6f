import type { Google } from "../google";
import { Refusal } from "../http";
import { errorPage } from "./page";
import { splitScopes, unknownScopes } from "./scopes";

export type Asked = {
  clientId: string;
  redirectUri: string;
  scopes: string[];
  state: string | null;
  nonce: string | null;
  challenge: string | null;
  isOffline: boolean;
  prompt: string | null;
  includesGranted: boolean;
  loginHint: string | null;
};

/** @throws Refusal with a page, for who must not be sent back */
export function readAsked(google: Google, query: URLSearchParams): Asked {
  const client = google.state.clients.get(query.get("client_id") ?? "");
  if (!client) throw refusal(401, "invalid_client", "The OAuth client was not found.");
  const redirectUri = query.get("redirect_uri");
  if (!redirectUri) throw refusal(400, "invalid_request", "Missing required parameter: redirect_uri");
  // Google never sends anyone to an address it was not told before.
  if (!client.redirectUris.includes(redirectUri)) {
    throw refusal(400, "redirect_uri_mismatch", `The redirect URI ${redirectUri} is not registered.`);
  }
  if (query.get("response_type") !== "code") {
    throw refusal(400, "unsupported_response_type", "Only response_type=code is played here.");
  }
  const scopes = splitScopes(query.get("scope") ?? "");
  if (scopes.length === 0) throw refusal(400, "invalid_request", "Missing required parameter: scope");
  const unknown = unknownScopes(scopes);
  if (unknown.length > 0)
    throw refusal(400, "invalid_scope", `Some requested scopes were invalid: ${unknown}`);
  return {
    clientId: client.id,
    redirectUri,
    scopes,
    state: query.get("state"),
    nonce: query.get("nonce"),
    challenge: readChallenge(query),
    isOffline: query.get("access_type") === "offline",
    prompt: query.get("prompt"),
    includesGranted: query.get("include_granted_scopes") === "true",
    loginHint: query.get("login_hint"),
  };
}

function readChallenge(query: URLSearchParams): string | null {
  const challenge = query.get("code_challenge");
  const method = query.get("code_challenge_method");
  if (!challenge) return null;
  if (method !== "S256") {
    throw refusal(400, "invalid_request", "Only code_challenge_method=S256 is played here.");
  }
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge))
    throw refusal(400, "invalid_request", "Invalid code challenge.");
  return challenge;
}

function refusal(status: number, code: string, message: string): Refusal {
  return new Refusal({ status, html: errorPage(status, code, message) });
}
