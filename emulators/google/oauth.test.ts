import { expect, test } from "vitest";
import {
  ada,
  calendarScope,
  callerOf,
  challengeOf,
  clientId,
  playGoogle,
  redirectUri,
  slow,
} from "./test-google";

const verifier = "a-verifier-that-is-long-enough-to-be-one-0123456789";
const eventsScope = "https://www.googleapis.com/auth/calendar.events";
const listScope = "https://www.googleapis.com/auth/calendar.calendarlist.readonly";

type Play = Awaited<ReturnType<typeof playGoogle>>;

async function connectable() {
  const play = await playGoogle();
  await play.admin.revokeGrant({ email: ada });
  play.admin.settings({ consent: { user: ada, decision: "allow" } });
  return play;
}

function visit({ url }: Play, change: Record<string, string> = {}) {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: `openid email ${eventsScope} ${listScope}`,
    state: "s1",
    nonce: "n1",
    access_type: "offline",
    prompt: "consent",
    code_challenge: challengeOf(verifier),
    code_challenge_method: "S256",
    ...change,
  });
  return fetch(`${url}/o/oauth2/v2/auth?${query}`, { redirect: "manual" });
}

async function back(play: Play, change: Record<string, string> = {}) {
  const response = await visit(play, change);
  return new URL(response.headers.get("location") ?? "").searchParams;
}

async function ask({ url }: Play, form: Record<string, string>, basic = false) {
  const body = new URLSearchParams(form);
  if (!basic)
    for (const [name, value] of [
      ["client_id", clientId],
      ["client_secret", "secret"],
    ] as const) {
      if (!body.has(name)) body.set(name, value);
    }
  const headers: Record<string, string> = basic
    ? { authorization: `Basic ${Buffer.from(`${clientId}:secret`).toString("base64")}` }
    : {};
  const response = await fetch(`${url}/token`, { method: "POST", body, headers });
  return { status: response.status, body: await response.json() };
}

const redeem = (code: string | null, more: Record<string, string> = {}) => ({
  grant_type: "authorization_code",
  code: code ?? "",
  redirect_uri: redirectUri,
  code_verifier: verifier,
  ...more,
});

test(
  "a code becomes tokens, with either way of naming the client",
  async () => {
    const play = await connectable();
    const first = await back(play);
    expect(first.get("state")).toBe("s1");
    const { status, body } = await ask(play, redeem(first.get("code")));
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 3599, token_type: "Bearer" });
    expect(body.refresh_token).toMatch(/^1\/\/0/);
    expect(body.scope.split(" ").sort()).toEqual(
      ["openid", "https://www.googleapis.com/auth/userinfo.email", eventsScope, listScope].sort(),
    );
    const claims = JSON.parse(Buffer.from(body.id_token.split(".")[1], "base64url").toString());
    expect(claims).toMatchObject({ iss: play.url, aud: clientId, email: ada, nonce: "n1" });
    const again = await back(play);
    expect((await ask(play, redeem(again.get("code")), true)).status).toBe(200);
  },
  slow,
);

test("a code is good once, for ten minutes, with its verifier and its redirect", async () => {
  const play = await connectable();
  const once = (await back(play)).get("code");
  await ask(play, redeem(once));
  const used = await ask(play, redeem(once));
  expect([used.status, used.body.error]).toEqual([400, "invalid_grant"]);
  const wrong = async (more: Record<string, string>) => {
    const answer = await ask(play, redeem((await back(play)).get("code"), more));
    return [answer.status, answer.body.error];
  };
  expect(await wrong({ code_verifier: "another-verifier-0123456789-0123456789-01234" })).toEqual([
    400,
    "invalid_grant",
  ]);
  expect(await wrong({ code_verifier: "" })).toEqual([400, "invalid_grant"]);
  expect(await wrong({ redirect_uri: "https://elsewhere.test/" })).toEqual([400, "redirect_uri_mismatch"]);
  const late = (await back(play)).get("code");
  await play.admin.advance({ milliseconds: 10 * 60_000 });
  expect((await ask(play, redeem(late))).body.error).toBe("invalid_grant");
});

test("the wrong client is no client", async () => {
  const play = await connectable();
  const code = (await back(play)).get("code");
  const secret = await ask(play, redeem(code, { client_secret: "guess" }));
  expect([secret.status, secret.body.error]).toEqual([401, "invalid_client"]);
  const unknown = await ask(play, redeem(code, { client_id: "nobody" }));
  expect([unknown.status, unknown.body.error]).toEqual([401, "invalid_client"]);
  const grant = await ask(play, { grant_type: "password" });
  expect([grant.status, grant.body.error]).toEqual([400, "unsupported_grant_type"]);
});

test("nobody is sent to an address that was not registered", async () => {
  const play = await connectable();
  const response = await visit(play, { redirect_uri: "https://evil.test/" });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("redirect_uri_mismatch");
  expect((await visit(play, { client_id: "nobody" })).status).toBe(401);
  expect((await visit(play, { scope: "calender" })).status).toBe(400);
  expect((await visit(play, { code_challenge_method: "plain" })).status).toBe(400);
});

test("who declines comes back with access_denied, who unticks with fewer scopes", async () => {
  const play = await connectable();
  play.admin.settings({ consent: { user: ada, decision: "deny" } });
  const denied = await back(play);
  expect([denied.get("error"), denied.get("code"), denied.get("state")]).toEqual([
    "access_denied",
    null,
    "s1",
  ]);
  play.admin.settings({ consent: { user: ada, decision: "allow", scopes: [listScope] } });
  const { body } = await ask(play, redeem((await back(play)).get("code")));
  expect(body.scope).toContain(listScope);
  expect(body.scope).not.toContain(eventsScope);
});

test("the consent page is a form that a person can answer", async () => {
  const play = await connectable();
  play.admin.settings({ consent: null });
  const page = await (await visit(play)).text();
  expect(page).toContain(eventsScope);
  const action = /action="([^"]+)"/.exec(page)?.[1]?.replaceAll("&#38;", "&") ?? "";
  const body = new URLSearchParams({ user: ada, decision: "allow", scope: eventsScope });
  const response = await fetch(play.url + action, { method: "POST", body, redirect: "manual" });
  const query = new URL(response.headers.get("location") ?? "").searchParams;
  const tokens = await ask(play, redeem(query.get("code")));
  expect(tokens.body.scope).not.toContain(listScope);
  expect((await back(play, { prompt: "none" })).get("error")).toBe("interaction_required");
});

test("a refresh token comes with offline access, and again only when consent is asked for", async () => {
  const play = await connectable();
  const tokens = async (change: Record<string, string>) =>
    (await ask(play, redeem((await back(play, change)).get("code")))).body;
  expect((await tokens({ access_type: "online", prompt: "" })).refresh_token).toBeUndefined();
  await play.admin.revokeGrant({ email: ada });
  expect((await tokens({ prompt: "" })).refresh_token).toBeDefined();
  expect((await tokens({ prompt: "" })).refresh_token).toBeUndefined();
  expect((await tokens({ prompt: "consent" })).refresh_token).toBeDefined();
});

test("scopes given before can be included", async () => {
  const play = await connectable();
  await ask(play, redeem((await back(play, { scope: `openid ${listScope}` })).get("code")));
  const change = { scope: `openid ${eventsScope}`, include_granted_scopes: "true" };
  expect((await ask(play, redeem((await back(play, change)).get("code")))).body.scope).toContain(listScope);
});

test("refreshing brings no new refresh token, and ends when the grant does", async () => {
  const play = await playGoogle();
  const form = { grant_type: "refresh_token", refresh_token: play.refreshToken };
  const { status, body } = await ask(play, form);
  expect(status).toBe(200);
  expect(Object.keys(body).sort()).toEqual(["access_token", "expires_in", "scope", "token_type"]);
  await play.admin.revokeGrant({ email: ada, subtype: "invalid_rapt" });
  expect(await ask(play, form)).toEqual({
    status: 400,
    body: {
      error: "invalid_grant",
      error_description: "Token has been expired or revoked.",
      error_subtype: "invalid_rapt",
    },
  });
});

test("refresh tokens die of disuse, of testing, and of a hundred successors", async () => {
  const play = await connectable();
  const refresh = async (token: string) =>
    (await ask(play, { grant_type: "refresh_token", refresh_token: token })).status;
  const issue = () => play.admin.issueTokens({ email: ada, clientId, scopes: [calendarScope] }).refreshToken;
  const unused = issue();
  await play.admin.advance({ days: 184 });
  expect(await refresh(unused)).toBe(400);
  play.admin.addClient({ id: clientId, secret: "secret", redirectUris: [redirectUri], status: "testing" });
  const tried = issue();
  await play.admin.advance({ days: 6 });
  expect(await refresh(tried)).toBe(200);
  await play.admin.advance({ days: 2 });
  expect(await refresh(tried)).toBe(400);
  const oldest = issue();
  for (let count = 1; count < 100; count += 1) issue();
  expect(await refresh(oldest)).toBe(200);
  await ask(play, redeem((await back(play)).get("code")));
  expect(await refresh(oldest)).toBe(400);
});

test("revoking either token ends both, and only once", async () => {
  const play = await playGoogle();
  const revoke = () =>
    fetch(`${play.url}/revoke`, { method: "POST", body: new URLSearchParams({ token: play.refreshToken }) });
  expect((await revoke()).status).toBe(200);
  expect((await play.api("/users/me/calendarList")).status).toBe(401);
  const again = await revoke();
  expect([again.status, (await again.json()).error]).toEqual([400, "invalid_token"]);
});

test("an access token ends after an hour with authError", async () => {
  const play = await playGoogle();
  await play.admin.advance({ milliseconds: 3599_000 });
  const { status, body } = await play.api("/users/me/calendarList");
  expect(status).toBe(401);
  expect(body.error).toMatchObject({
    code: 401,
    message: "Invalid Credentials",
    errors: [{ domain: "global", reason: "authError", location: "Authorization" }],
  });
});

test("each token opens only what its scopes name", async () => {
  const { admin, url } = await playGoogle();
  const scopes = [listScope, eventsScope];
  const api = callerOf(url, admin.issueTokens({ email: ada, clientId, scopes }).accessToken);
  expect((await api("/calendars/primary/events")).status).toBe(200);
  admin.narrowScopes({ email: ada, scopes: [listScope] });
  expect((await api("/users/me/calendarList")).status).toBe(200);
  const { status, body } = await api("/calendars/primary/events");
  expect(status).toBe(403);
  expect(body.error.errors[0].reason).toBe("insufficientPermissions");
  expect(body.error.details[0].reason).toBe("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
});

test("userinfo and tokeninfo say who and what a token is for", async () => {
  const play = await connectable();
  const { body } = await ask(play, redeem((await back(play)).get("code")));
  const headers = { authorization: `Bearer ${body.access_token}` };
  const info = await (await fetch(`${play.url}/v1/userinfo`, { headers })).json();
  expect(info).toMatchObject({ email: ada, email_verified: true });
  const about = await (await fetch(`${play.url}/tokeninfo?access_token=${body.access_token}`)).json();
  expect(about).toMatchObject({ aud: clientId, email: ada, expires_in: "3599" });
  expect((await fetch(`${play.url}/tokeninfo?access_token=none`)).status).toBe(400);
  expect((await fetch(`${play.url}/v1/userinfo`)).status).toBe(401);
});
