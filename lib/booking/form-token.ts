import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

// A person takes longer than this to choose a time and say who they are; a script need not, unless it waits.
const soonestMs = 2_000;
const longestMs = 24 * 3_600_000;

/**
 * Says when somebody was shown free times. It comes with them and goes back with the booking, so that bookings that
 * nobody can have typed are told apart without a puzzle, a cookie or a third party (SPEC A9).
 */
export function makeFormToken(now: Date, secret = env().AUTH_SECRET): string {
  const shownAt = now.getTime().toString(36);
  return `${shownAt}.${signature(shownAt, secret)}`;
}

/**
 * @throws AppError invalid (field `form`) when it is none of ours or a day old, rate_limited when it is too young
 */
export function checkFormToken(token: string, now: Date): void {
  const [shownAt = "", given = ""] = token.split(".");
  if (!isOurs(shownAt, given)) throw stale();
  const age = now.getTime() - Number.parseInt(shownAt, 36);
  if (age > longestMs) throw stale();
  if (age < soonestMs)
    throw new AppError("rate_limited", "That was faster than anybody types. Please send it once more.", {
      retryAfterSeconds: (soonestMs - age) / 1000,
    });
}

function isOurs(shownAt: string, given: string): boolean {
  const expected = Buffer.from(signature(shownAt, env().AUTH_SECRET));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

const stale = () =>
  new AppError(
    "invalid",
    "This form has been open for too long. Ask for the free times again, then send it.",
    {
      field: "form",
    },
  );

const signature = (shownAt: string, secret: string) =>
  createHmac("sha256", secret).update(`form:${shownAt}`).digest("base64url").slice(0, 32);
