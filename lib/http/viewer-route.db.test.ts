import { beforeEach, describe, expect, test, vi } from "vitest";
import { makeBrowser } from "@/db/factories/signed-in";
import { makeHost } from "@/db/factories/users";
import { createApiToken } from "@/lib/api-tokens/create";
import { listApiTokens } from "@/lib/api-tokens/list";
import { removeApiToken } from "@/lib/api-tokens/remove";
import { viewerRoute } from "./viewer-route";

const browser = vi.hoisted(() => ({ current: {} as ReturnType<typeof makeBrowser> }));
vi.mock("next/headers", () => ({
  cookies: () => browser.current.cookies(),
  headers: () => browser.current.headers(),
}));
beforeEach(() => {
  browser.current = makeBrowser();
});

const whoAmI = viewerRoute(async (viewer) => Response.json({ id: viewer.userId }));
const url = "https://calends.test/api/v1/appointments";

async function ask(headers: Record<string, string> = {}) {
  const answer = await whoAmI(new Request(url, { headers }));
  const { id, error } = await answer.json();
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const challenge = answer.headers.get("www-authenticate");
  return { status: answer.status, id, code: error?.code, challenge };
}
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

async function makeToken(input: object = {}, madeAt = new Date()) {
  const { user, viewer } = await makeHost();
  return { user, viewer, ...(await createApiToken(viewer, { name: "Script", ...input }, madeAt)) };
}
const wrongToken = {
  status: 401,
  code: "signed_out",
  challenge: 'Bearer realm="Calends", error="invalid_token"',
};

test("nobody is told what to sign in with", async () => {
  const nobody = { status: 401, code: "signed_out", challenge: 'Bearer realm="Calends"' };
  expect(await ask()).toMatchObject(nobody);
});

describe("a token", () => {
  test("is its user, however its scheme is written", async () => {
    const { user, secret } = await makeToken();
    expect(await ask(bearer(secret))).toMatchObject({ status: 200, id: user.id, challenge: null });
    expect(await ask({ authorization: `bearer  ${secret} ` })).toMatchObject({ id: user.id });
  });

  test("works from wherever, as no browser adds it by itself", async () => {
    const { user, secret } = await makeToken();
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://elsewhere.test" };
    expect(await ask({ ...bearer(secret), ...foreign })).toMatchObject({ id: user.id });
  });

  test("is asked before the cookie", async () => {
    const { user, secret } = await makeToken();
    await browser.current.signIn((await makeHost()).user);
    expect(await ask(bearer(secret))).toMatchObject({ id: user.id });
  });

  test("that was removed is nobody's", async () => {
    const { viewer, secret, token } = await makeToken();
    await removeApiToken(viewer, token.id);
    expect(await ask(bearer(secret))).toMatchObject(wrongToken);
  });

  test("that has expired is nobody's", async () => {
    const aWeekAgo = new Date(Date.now() - 7 * 86_400_000);
    const { secret } = await makeToken({ expiresInDays: 6 }, aWeekAgo);
    expect(await ask(bearer(secret))).toMatchObject(wrongToken);
  });

  test("that is wrong too often has to wait", async () => {
    const here = { "x-forwarded-for": "203.0.113.7" };
    const asked = Array.from({ length: 31 }, () => ask({ ...bearer("calends_guess"), ...here }));
    const last = (await Promise.all(asked)).at(-1);
    expect(last).toMatchObject({ status: 429, code: "rate_limited" });
  });
});

describe("beside the cookie of who is signed in", () => {
  test.each(["Bearer calends_wrong", "Bearer", "Bearer ", "Token x", "calends_without-a-scheme"])(
    "%j is nobody",
    async (authorization) => {
      await browser.current.signIn((await makeHost()).user);
      expect(await ask({ authorization })).toMatchObject(wrongToken);
    },
  );

  test("a password for a proxy means nothing, and takes nothing of what protects the cookie", async () => {
    const { user } = await makeHost();
    await browser.current.signIn(user);
    const authorization = "Basic aGFubmE6aHVzaA==";
    expect(await ask({ authorization })).toMatchObject({ status: 200, id: user.id });
    const foreign = { "sec-fetch-site": "cross-site" };
    expect(await ask({ authorization, ...foreign })).toMatchObject({ status: 403 });
  });
});

test("a request from another site's page is refused", async () => {
  await browser.current.signIn((await makeHost()).user);
  expect(await ask({ "sec-fetch-site": "cross-site" })).toMatchObject({ status: 403 });
  expect(await ask({ origin: "https://elsewhere.test" })).toMatchObject({ status: 403 });
  // What a sandboxed frame says of itself.
  expect(await ask({ origin: "null" })).toMatchObject({ status: 403 });
  expect(await ask({ origin: "https://calends.test" })).toMatchObject({ status: 200 });
});

test("what a token is used for shows in the list", async () => {
  const { viewer, secret } = await makeToken();
  await ask(bearer(secret));
  expect((await listApiTokens(viewer))[0]?.lastUsedAt).toBeInstanceOf(Date);
});
