import type { Google } from "../google";
import type { Call, Reply } from "../http";
import { randomToken } from "../random";
import type { Consent } from "../settings";
import { type Asked, readAsked } from "./asked";
import { consentPage } from "./consent-page";
import { isOptional, splitScopes } from "./scopes";

const codeLifetime = 10 * 60_000;

/** The consent page, or its answer at once where one is set for it. */
export function authorize(google: Google, call: Call): Reply {
  const asked = readAsked(google, call.url.searchParams);
  const { consent } = google.state.settings;
  if (consent) return decide(google, asked, consent);
  if (asked.prompt === "none") return back(asked, { error: "interaction_required" });
  const users = [...google.state.users.values()];
  return { status: 200, html: consentPage({ users, asked, query: call.url.search }) };
}

/** What the person pressed. The query of the page comes with it. */
export function consent(google: Google, call: Call): Reply {
  const form = new URLSearchParams(call.text);
  const asked = readAsked(google, call.url.searchParams);
  return decide(google, asked, {
    user: form.get("user") ?? "",
    decision: form.get("decision") === "allow" ? "allow" : "deny",
    scopes: form.getAll("scope"),
  });
}

function decide(google: Google, asked: Asked, answer: Consent): Reply {
  if (answer.decision === "deny") return back(asked, { error: "access_denied" });
  const user = google.state.users.get(answer.user ?? asked.loginHint ?? "") ?? firstUser(google);
  if (!user) return back(asked, { error: "access_denied" });
  const ticked = answer.scopes && splitScopes(answer.scopes.join(" "));
  const scopes = asked.scopes.filter((scope) => !ticked || !isOptional(scope) || ticked.includes(scope));
  const code = `4/0A${randomToken(google.state, 60)}`;
  const key = `${asked.clientId} ${user.email}`;
  const before = google.state.grants.get(key);
  const granted = [...new Set([...scopes, ...(asked.includesGranted && before ? before.scopes : [])])];
  google.state.grants.set(key, { clientId: asked.clientId, email: user.email, scopes: granted });
  google.state.codes.set(code, {
    clientId: asked.clientId,
    email: user.email,
    redirectUri: asked.redirectUri,
    scopes: granted,
    nonce: asked.nonce,
    challenge: asked.challenge,
    // Without prompt=consent only the first consent brings a refresh token.
    isOffline: asked.isOffline && (!before || (asked.prompt ?? "").split(" ").includes("consent")),
    expiresAt: google.clock.now() + codeLifetime,
    isUsed: false,
  });
  return back(asked, { code, scope: granted.join(" "), authuser: "0", prompt: asked.prompt ?? "consent" });
}

function firstUser(google: Google) {
  return google.state.users.values().next().value;
}

function back(asked: Asked, answer: Record<string, string>): Reply {
  const url = new URL(asked.redirectUri);
  if (asked.state !== null) url.searchParams.set("state", asked.state);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href } };
}
