import { createHash, randomUUID } from "node:crypto";
import { eq, like } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { rateLimits, users } from "@/db/schema";
import { changePassword } from "./change-password";
import { hashPassword } from "./password";
import { verifySignIn } from "./sign-in";
import { findSessionUser, sessionTokenFor } from "./token";

const password = "correct horse battery";
// A hash says what it costs, and tests check a hundred of them.
const passwordHash = await hashPassword(password, { ln: 4, r: 8, p: 1 });
const digest = (key: string) => createHash("sha256").update(key).digest("base64url");
const somewhere = () => `address-${randomUUID()}`;

test("the right password signs in, whatever case the address is typed in", async () => {
  const { user } = await makeHost({ passwordHash });
  const signedIn = await verifySignIn({ email: user.email.toUpperCase(), password }, somewhere());
  expect(signedIn).toMatchObject({ id: user.id, sessionEpoch: 0 });
  expect(signedIn).not.toHaveProperty("passwordHash");
});

test("a wrong password and an unknown address get the same answer", async () => {
  const { user } = await makeHost({ passwordHash });
  const wrong = await verifySignIn({ email: user.email, password: "wrong" }, somewhere()).catch((e) => e);
  const unknown = await verifySignIn({ email: "no@example.test", password }, somewhere()).catch((e) => e);
  expect(wrong).toMatchObject({ code: "invalid" });
  expect(unknown.message).toBe(wrong.message);
});

test("ten failures stop an e-mail address, with the time to wait, for the right password too", async () => {
  const { user } = await makeHost({ passwordHash });
  const failures = Array.from({ length: 10 }, () =>
    verifySignIn({ email: user.email, password: "wrong" }, somewhere()).catch((e) => e.code),
  );
  expect(await Promise.all(failures)).toEqual(Array(10).fill("invalid"));
  const refusal = await verifySignIn({ email: user.email, password }, somewhere()).catch((e) => e);
  expect(refusal).toMatchObject({
    code: "rate_limited",
    message: "Too many attempts. Try again in 15 minutes.",
  });
  expect(refusal.retryAfterSeconds).toBeGreaterThan(800);
  expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(900);
});

test("signing in clears the failures of its e-mail address", async () => {
  const { user } = await makeHost({ passwordHash });
  const fail = () => verifySignIn({ email: user.email, password: "wrong" }, somewhere()).catch((e) => e.code);
  for (let round = 0; round < 2; round++) {
    expect(await Promise.all(Array.from({ length: 6 }, fail))).toEqual(Array(6).fill("invalid"));
    await verifySignIn({ email: user.email, password }, somewhere());
  }
});

test("a good sign-in costs the client address nothing", async () => {
  const { user } = await makeHost({ passwordHash });
  const here = somewhere();
  for (let time = 0; time < 3; time++) await verifySignIn({ email: user.email, password }, here);
  const points = await database().select().from(rateLimits).where(like(rateLimits.key, "sign-in-address:%"));
  expect(points.filter(({ key }) => key.endsWith(digest(here)))).toMatchObject([{ points: 0 }]);
});

test("thirty failures stop a client address, whoever it tries to be", async () => {
  const here = somewhere();
  const known = await Promise.all(Array.from({ length: 29 }, () => makeHost({ passwordHash })));
  const emails = ["nobody@example.test", ...known.map(({ user }) => user.email)];
  const attempts = emails.map((email) =>
    verifySignIn({ email, password: "wrong" }, here).catch((e) => e.code),
  );
  expect(await Promise.all(attempts)).toEqual(Array(30).fill("invalid"));
  const { user } = await makeHost({ passwordHash });
  await expect(verifySignIn({ email: user.email, password }, here)).rejects.toMatchObject({
    code: "rate_limited",
  });
  await expect(verifySignIn({ email: user.email, password }, somewhere())).resolves.toBeTruthy();
});

test("the counters keep no e-mail address", async () => {
  await verifySignIn({ email: "secret@example.test", password }, somewhere()).catch(() => {});
  const keys = (await database().select().from(rateLimits)).map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.join()).not.toContain("secret");
});

test("a session lasts while its user's epoch stands", async () => {
  const { user, viewer } = await makeHost({ passwordHash });
  const token = await sessionTokenFor(user);
  expect(await findSessionUser(token)).toMatchObject({ id: user.id, role: "host" });
  expect(await findSessionUser(`${token}x`)).toBeNull();

  const changed = await changePassword(viewer, { currentPassword: password, newPassword: "another horse" });

  expect(await findSessionUser(token), "every older session is over").toBeNull();
  expect(await findSessionUser(await sessionTokenFor(changed))).toMatchObject({ id: user.id });
  await expect(verifySignIn({ email: user.email, password }, somewhere())).rejects.toMatchObject({
    code: "invalid",
  });
  await verifySignIn({ email: user.email, password: "another horse" }, somewhere());
});

test("a session does not outlive its user", async () => {
  const user = {
    id: randomUUID(),
    email: "x@example.test",
    name: "X",
    role: "host",
    sessionEpoch: 0,
  } as const;
  expect(await findSessionUser(await sessionTokenFor(user))).toBeNull();
});

test("a new password asks for the old one and has to be long enough", async () => {
  const { viewer, user } = await makeHost({ passwordHash });
  const change = (currentPassword: string, newPassword: string) =>
    changePassword(viewer, { currentPassword, newPassword });
  await expect(change("wrong", "another horse")).rejects.toMatchObject({ field: "currentPassword" });
  await expect(change(password, "short")).rejects.toMatchObject({ field: "newPassword" });
  const [row] = await database().select().from(users).where(eq(users.id, user.id));
  expect(row).toMatchObject({ passwordHash, sessionEpoch: 0 });
});
