import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { asUser, database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { apiTokens, users } from "@/db/schema";
import { changePassword } from "@/lib/auth/change-password";
import { hashPassword } from "@/lib/auth/password";
import { createApiToken } from "./create";
import { listApiTokens } from "./list";
import { removeApiToken } from "./remove";
import { isSecret } from "./secret";
import { verifyApiToken } from "./verify";

const now = new Date("2027-03-01T10:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const dayMinutes = 1440;
let addresses = 0;
const somewhere = () => `address-${addresses++}`;
const codeOf = (answer: Promise<unknown>) => answer.catch((error) => error.code);

async function makeToken(input: object = {}) {
  const { user, viewer } = await makeHost();
  const made = await createApiToken(viewer, { name: "Script", ...input }, now);
  return { user, viewer, ...made };
}

test("a token signs its user in, and nobody else", async () => {
  const { user, secret } = await makeToken();
  expect(await verifyApiToken(secret, somewhere(), now)).toMatchObject({ userId: user.id, role: "host" });
  const other = `${secret.slice(0, -2)}${secret.endsWith("AA") ? "BB" : "AA"}`;
  expect(await codeOf(verifyApiToken(other, somewhere(), now))).toBe("signed_out");
  expect(await codeOf(verifyApiToken("", somewhere(), now))).toBe("signed_out");
});

test("an admin's token is an admin's", async () => {
  const { viewer } = await makeHost({ role: "admin" });
  const { secret } = await createApiToken(viewer, { name: "Script" }, now);
  expect(await verifyApiToken(secret, somewhere(), now)).toMatchObject({ role: "admin" });
});

test("it is told once: neither the list nor the table has it", async () => {
  const { viewer, secret, token } = await makeToken({ name: "  Door display " });
  expect(isSecret(secret)).toBe(true);
  expect(await listApiTokens(viewer)).toEqual([{ ...token, name: "Door display" }]);
  const [row] = await database().select().from(apiTokens).where(eq(apiTokens.id, token.id));
  expect(JSON.stringify(row)).not.toContain(secret.slice("calends_".length));
});

test("no two are alike", async () => {
  const { viewer, secret } = await makeToken();
  expect((await createApiToken(viewer, { name: "Script" }, now)).secret).not.toBe(secret);
});

test("it ends when it was said to, to the moment", async () => {
  const { secret, token } = await makeToken({ expiresInDays: "30" });
  const end = later(30 * dayMinutes);
  expect(token.expiresAt).toEqual(end);
  expect(await verifyApiToken(secret, somewhere(), new Date(end.getTime() - 1))).toBeTruthy();
  expect(await codeOf(verifyApiToken(secret, somewhere(), end))).toBe("signed_out");
});

test.each([{}, { expiresInDays: "" }])("%j does not end by itself", async (input) => {
  const { secret, token } = await makeToken(input);
  expect(token.expiresAt).toBeNull();
  expect(await verifyApiToken(secret, somewhere(), later(4000 * dayMinutes))).toBeTruthy();
});

test.each([
  [{ name: " " }, "name"],
  [{ name: "x".repeat(121) }, "name"],
  [{ name: "Script", expiresInDays: "0" }, "expiresInDays"],
  [{ name: "Script", expiresInDays: "1.5" }, "expiresInDays"],
  [{ name: "Script", expiresInDays: "soon" }, "expiresInDays"],
  [{ name: "Script", expiresInDays: "999999999" }, "expiresInDays"],
])("%j is refused", async (input, field) => {
  const { viewer } = await makeHost();
  await expect(createApiToken(viewer, input, now)).rejects.toMatchObject({ code: "invalid", field });
  expect(await listApiTokens(viewer)).toEqual([]);
});

test("a removed one is worth nothing, and only its user can remove it", async () => {
  const { viewer, secret, token } = await makeToken();
  const stranger = await makeHost();
  expect(await codeOf(removeApiToken(stranger.viewer, token.id))).toBe("not_found");
  expect(await listApiTokens(stranger.viewer)).toEqual([]);
  expect(await verifyApiToken(secret, somewhere(), now)).toBeTruthy();

  await removeApiToken(viewer, token.id);

  expect(await codeOf(verifyApiToken(secret, somewhere(), now))).toBe("signed_out");
  expect(await codeOf(removeApiToken(viewer, token.id))).toBe("not_found");
});

test("a token ends with its user", async () => {
  const { user, secret } = await makeToken();
  await database().delete(users).where(eq(users.id, user.id));
  expect(await codeOf(verifyApiToken(secret, somewhere(), now))).toBe("signed_out");
});

test("a new password ends sessions, and leaves tokens to whoever made them", async () => {
  const passwordHash = await hashPassword("correct horse battery", { ln: 4, r: 8, p: 1 });
  const { user, viewer } = await makeHost({ passwordHash });
  const { secret } = await createApiToken(viewer, { name: "Script" }, now);
  await changePassword(viewer, {
    currentPassword: "correct horse battery",
    newPassword: "another horse battery",
  });
  expect(await verifyApiToken(secret, somewhere(), now)).toMatchObject({ userId: user.id });
});

test("the last use is noted to the hour", async () => {
  const { viewer, secret } = await makeToken();
  const usedAt = async (at: Date) => {
    await verifyApiToken(secret, somewhere(), at);
    return (await listApiTokens(viewer))[0]?.lastUsedAt;
  };
  expect((await listApiTokens(viewer))[0]?.lastUsedAt).toBeNull();
  expect(await usedAt(now)).toEqual(now);
  expect(await usedAt(later(59))).toEqual(now);
  expect(await usedAt(later(61))).toEqual(later(61));
});

test("thirty wrong ones make an address wait, but for who has a right one", async () => {
  const { secret } = await makeToken();
  const here = somewhere();
  const wrong = Array.from({ length: 31 }, () => codeOf(verifyApiToken("calends_wrong", here, now)));
  const codes = await Promise.all(wrong);
  expect(codes).toEqual([...Array(30).fill("signed_out"), "rate_limited"]);
  expect(await verifyApiToken(secret, here, now)).toBeTruthy();
  expect(await codeOf(verifyApiToken("calends_wrong", somewhere(), now))).toBe("signed_out");
});

test("requests can neither read a hash nor give a token more time", async () => {
  const { user, token } = await makeToken({ expiresInDays: 1 });
  const asOwner = (work: Parameters<typeof asUser<unknown>>[1]) =>
    asUser(user.id, work).catch(() => "refused");
  expect(await asOwner((tx) => tx.select({ hash: apiTokens.hash }).from(apiTokens))).toBe("refused");
  const longer = { expiresAt: later(9 * dayMinutes) };
  expect(await asOwner((tx) => tx.update(apiTokens).set(longer).where(eq(apiTokens.id, token.id)))).toBe(
    "refused",
  );
});
