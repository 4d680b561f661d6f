import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { startOwnGoogle } from "@/db/factories/google";
import { connectGoogle, walkToGoogle } from "@/db/factories/google-consent";
import { makeHost } from "@/db/factories/users";
import { calendarConnections } from "@/db/schema";
import type { GoogleServer } from "@/emulators/google/server";
import { env } from "@/lib/env";
import { disconnect } from "../disconnect";
import { giveUpLettingGo, letGo } from "../let-go";
import { orProblem } from "../problem";
import { accessTokenOf } from "../tokens";
import { findAttempt } from "./attempt";
import { openTokens, sealTokens } from "./credentials";
import { finishGoogle } from "./finish";
import { refreshTokens } from "./oauth";

const logged: { lines: string[] } = vi.hoisted(() => ({ lines: [] }));
vi.mock("@/lib/log", async (original) => {
  const { createLog } = await original<typeof import("@/lib/log")>();
  const logger = createLog("trace", { write: (line) => void logged.lines.push(line) });
  return { createLog, log: () => logger };
});

// Google's access tokens, refresh tokens and codes all begin alike.
const secret = /ya29\.|1\/\/0|4\/0A/;

let google: GoogleServer;
beforeAll(async () => {
  google = await startOwnGoogle();
});
afterAll(() => google.stop());

/** What an error carries anywhere in it is what the log prints of it, too. */
const shownBy = (work: Promise<unknown>) =>
  work.then(
    () => "",
    (error) => inspect(error, { depth: 20, showHidden: true }),
  );

test("no token and no code is logged, shown, or carried by an error, whatever fails", async () => {
  const { viewer } = await makeHost();
  const { email } = google.admin.addUser({ email: `${randomUUID().slice(0, 8)}@example.com` });
  const consent = { user: email, decision: "allow" as const };
  const shown: string[] = [];
  const see = async (work: Promise<unknown>) => shown.push(await shownBy(work));

  await see(connectGoogle(google, viewer, { consent: { ...consent, scopes: [] } }));
  await see(connectGoogle(google, viewer, { consent: { ...consent, decision: "deny" } }));
  google.admin.addFault({ route: "oauth.revoke", effect: { kind: "reset" } });
  await see(connectGoogle(google, viewer, { consent: { ...consent, scopes: [] } }));

  const { cookie, answer } = await walkToGoogle(google, viewer, { consent });
  const finish = () => finishGoogle(viewer, { attempt: findAttempt(cookie, new Date()), answer }, new Date());
  const { connectionId } = await finish();
  await see(finish());
  const page = await orProblem(viewer, () => Promise.reject(new TypeError(`bad ${answer} ya29.leak`)));
  expect(page).toMatch(/^\/connections\/new\?problem=/);

  const [row] = await database()
    .select()
    .from(calendarConnections)
    .where(eq(calendarConnections.id, connectionId));
  const tokens = openTokens(connectionId, row?.credentials ?? "");
  for (const expiresAt of ["2026-01-01T00:00:00.000Z", "not a time ya29.leak"]) {
    await see((async () => sealTokens(connectionId, { ...tokens, expiresAt }))());
  }
  google.admin.addFault({ route: "oauth.token", effect: { kind: "status", status: 500 }, times: 9 });
  await see(accessTokenOf(connectionId)(tokens.accessToken));
  google.admin.clearFaults();
  google.admin.revokeGrant({ email });
  await see(accessTokenOf(connectionId)(tokens.accessToken));
  await see(Promise.resolve().then(() => openTokens(randomUUID(), row?.credentials ?? "")));
  await disconnect(viewer, connectionId);
  google.admin.addFault({ route: "oauth.revoke", effect: { kind: "status", status: 503 } });
  await see(letGo(connectionId));
  await giveUpLettingGo(connectionId);

  expect(shown.filter(Boolean).length).toBeGreaterThan(6);
  const lines = logged.lines.join("");
  expect(lines).toContain("could not be given back");
  expect(lines).toContain("connecting failed");
  expect(`${shown.join("\n")}\n${page}\n${lines}`).not.toMatch(secret);
});

test("what Google should not say stays unsaid", async () => {
  const before = { ...env() };
  const leaks = { access_token: "ya29.leak", refresh_token: "1//0leak" };
  const answers = [
    [400, { error: "invalid_request", error_description: "ya29.leak" }],
    [400, { error: "ya29.leak", ...leaks }],
    [401, { error: "invalid_client", ...leaks }],
    [200, { ...leaks, token_type: "odd" }],
    [200, { ...leaks, token_type: "Bearer", id_token: "ya29.leak" }],
    [200, { ...leaks, token_type: "Bearer", expires_in: "soon" }],
    [200, { ...leaks, access_token: 1 }],
    [500, leaks],
  ] as const;
  const old = { accessToken: "a", refreshToken: "b", expiresAt: new Date().toISOString(), scopes: [] };
  const odd = await startOdd(answers);
  try {
    env().GOOGLE_ISSUER = odd.url;
    for (const answer of answers) {
      const shown = await shownBy(refreshTokens(old, new Date()));
      expect(shown, JSON.stringify(answer)).toMatch(/AppError: Google/);
      expect(shown).not.toMatch(secret);
    }
  } finally {
    Object.assign(env(), before);
    odd.stop();
  }
});

/** A Google that gives these answers to requests for tokens, one after the other. */
async function startOdd(answers: readonly (readonly [status: number, body: object])[]) {
  const left = [...answers];
  const server = createServer((request, response) => {
    const [status, body] = request.url?.startsWith("/.well-known")
      ? [200, metadata()]
      : (left.shift() ?? [404, {}]);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const metadata = () => ({ issuer: url, token_endpoint: `${url}/token` });
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, stop };
}
