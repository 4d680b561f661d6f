import { expect, test } from "vitest";
import { viewerOf } from "@/lib/auth/viewer";
import { encrypt } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { findProblem, orProblem } from "./problem";
import { sealNote } from "./sealed-note";

const viewer = viewerOf({ id: "hanna", role: "host" });
const now = new Date();

async function problemOf(error: unknown, reconnectId?: string): Promise<URLSearchParams> {
  const page = await orProblem({ userId: viewer.userId, reconnectId }, () => Promise.reject(error));
  const { pathname, searchParams } = new URL(page, "http://calends.test");
  expect(pathname).toBe("/connections/new");
  return searchParams;
}

test("what works leads on", async () => {
  expect(await orProblem(viewer, async () => "/connections?new=1")).toBe("/connections?new=1");
});

test("what fails is told on the connect page, to whom it happened, for ten minutes", async () => {
  const query = await problemOf(new AppError("forbidden", "You did not allow it."), "c1");
  const sealed = query.get("problem");
  expect(query.get("reconnect")).toBe("c1");
  expect(findProblem(viewer, sealed, now)).toBe("You did not allow it.");
  expect(findProblem(viewerOf({ id: "henry", role: "host" }), sealed, now)).toBeNull();
  expect(findProblem(viewer, sealed, new Date(now.getTime() + 11 * 60_000))).toBeNull();
});

test("what was not expected is told without its details", async () => {
  const query = await problemOf(new TypeError("x is not a function"));
  expect(query.has("reconnect")).toBe(false);
  expect(findProblem(viewer, query.get("problem"), now)).toBe(
    "Something went wrong on our side, and nothing was connected. Try it again.",
  );
});

test("nobody else writes on the page", () => {
  const ours = { userId: viewer.userId, sentence: "Pay here." };
  const foreignKey = `${Buffer.alloc(32, 3).toString("base64url")}=`;
  for (const forged of [
    undefined,
    "Pay here.",
    ["a", "b"],
    encrypt(JSON.stringify({ kind: "problem", note: ours }), [foreignKey]),
    encrypt("no JSON", env().FERNET_KEYS),
    encrypt("null", env().FERNET_KEYS),
    sealNote("another kind", ours),
    sealNote("problem", { sentence: "Pay here." }),
  ])
    expect(findProblem(viewer, forged, now)).toBeNull();
});
