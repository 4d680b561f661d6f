import { expect, test, vi } from "vitest";

const work = vi.hoisted(() => ({ done: [] as string[] }));
vi.mock("node:crypto", async (original) => {
  const crypto = await original<typeof import("node:crypto")>();
  const scrypt = (...args: Parameters<typeof crypto.scrypt>) => {
    const [, , length, { N, r, p }] = args as unknown as [
      string,
      Buffer,
      number,
      { N: number; r: number; p: number },
    ];
    work.done.push(`${N}/${r}/${p}/${length}`);
    return crypto.scrypt(...args);
  };
  return { ...crypto, default: crypto, scrypt };
});

const { hashPassword, verifyPassword } = await import("./password");

// RFC 7914 section 12.
test.each([
  [
    "password",
    "$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA",
  ],
  [
    "pleaseletmein",
    "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw",
  ],
])("knows the vector for %s", async (password, stored) => {
  expect(await verifyPassword(password, stored)).toBe(true);
  expect(await verifyPassword(`${password}x`, stored)).toBe(false);
});

test("a password matches its own hash only, and no two hashes are alike", async () => {
  const stored = await hashPassword("correct horse");
  expect(stored).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(await hashPassword("correct horse")).not.toBe(stored);
  expect(await verifyPassword("correct horse", stored)).toBe(true);
  expect(await verifyPassword("Correct horse", stored)).toBe(false);
});

test("the same letters typed on another keyboard are the same password", async () => {
  expect(await verifyPassword("cafe\u0301-au-lait", await hashPassword("caf\u00e9-au-lait"))).toBe(true);
});

test.each([null, "none", "", "$scrypt$ln=15$broken"])(
  "nobody's hash (%j) costs the same work and never matches",
  async (stored) => {
    const known = await hashPassword("correct horse");
    work.done.length = 0;
    expect(await verifyPassword("", stored)).toBe(false);
    expect(await verifyPassword("correct horse", known)).toBe(true);
    expect(work.done).toHaveLength(2);
    expect(work.done[0]).toBe(work.done[1]);
  },
);
