import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { database } from "@/db/client";
import { eventTypes, rateLimits, scheduleRules, setupLinks, users } from "@/db/schema";
import { createSetupLink } from "@/scripts/lib/setup-link";
import { hasUsers, isSetUpLink, setUpAdmin } from "./set-up";

const form = {
  name: "Ada Lovelace",
  email: "ada@example.test",
  password: "correct horse battery",
  timeZone: "Europe/London",
};

async function makeToken(): Promise<string> {
  const link = await createSetupLink(database(), "http://localhost:3000");
  return new URL(link ?? "").searchParams.get("token") ?? "";
}

beforeEach(async () => {
  await database().delete(eventTypes);
  await database().delete(users);
  await database().delete(setupLinks);
  await database().delete(rateLimits);
});

test("the link makes one admin, who can be booked at once, and then works no more", async () => {
  const token = await makeToken();
  expect(await isSetUpLink(token)).toBe(true);
  expect(await isSetUpLink(token), "looking does not use it up").toBe(true);

  const user = await setUpAdmin(token, form);

  expect(user).toMatchObject({ email: form.email, role: "admin" });
  expect(await database().select().from(users)).toMatchObject([
    { handle: "ada-lovelace", timeZone: "Europe/London" },
  ]);
  expect(await database().select().from(scheduleRules).where(eq(scheduleRules.hostId, user.id))).toHaveLength(
    5,
  );
  expect(await database().select().from(eventTypes)).toMatchObject([
    { durationMinutes: 30, isHidden: false },
  ]);
  expect(await isSetUpLink(token)).toBe(false);
  await expect(setUpAdmin(token, { ...form, email: "eve@example.test" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("twenty people with the same link at the same time make one admin", async () => {
  const token = await makeToken();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      setUpAdmin(token, { ...form, email: `ada${index}@example.test` }),
    ),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "not_found" });
  expect(await database().select().from(users)).toHaveLength(1);
});

test("bad input leaves the link as it was and names the field", async () => {
  const token = await makeToken();
  for (const [field, value] of [
    ["name", " "],
    ["email", "ada"],
    ["password", "too short"],
    ["timeZone", "Mars/Olympus"],
    ["timeZone", "+02:00"],
  ] as const)
    await expect(setUpAdmin(token, { ...form, [field]: value })).rejects.toMatchObject({
      code: "invalid",
      field,
    });
  expect(await hasUsers()).toBe(false);
  expect(await isSetUpLink(token)).toBe(true);
});

test("a made-up link, and a real one once there is a user, do not work", async () => {
  const token = await makeToken();
  await expect(setUpAdmin("made-up", form)).rejects.toMatchObject({ code: "not_found" });
  await database().insert(users).values({ email: "b@example.test", name: "B", passwordHash: "none" });
  expect(await isSetUpLink(token)).toBe(false);
  await expect(setUpAdmin(token, form)).rejects.toMatchObject({ code: "not_found" });
});
