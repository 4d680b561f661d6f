import { randomNonce, randomPKCECodeVerifier, randomState } from "openid-client";
import { z } from "zod";
import type { Viewer } from "@/lib/auth/viewer";
import { env } from "@/lib/env";
import { findNote, sealNote } from "../sealed-note";

/** A walk to Google's consent page and back, as this browser keeps it in a sealed cookie. */
const attempt = z.object({
  userId: z.string(),
  reconnectId: z.uuid().nullable(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
});
export type Attempt = z.infer<typeof attempt>;

const kind = "connect-google";

export function newAttempt(viewer: Viewer, reconnectId: string | null): Attempt {
  return {
    userId: viewer.userId,
    reconnectId,
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
  };
}

export const sealAttempt = (values: Attempt): string => sealNote(kind, values);

/** null when there is none, it is older than ten minutes, or not ours. */
export const findAttempt = (sealed: string | undefined, now: Date): Attempt | null =>
  findNote({ kind, schema: attempt }, sealed, now);

/** Lax: the browser sends it along when Google sends somebody back. */
export const attemptCookie = () =>
  ({
    name: "calends-connect-google",
    httpOnly: true,
    sameSite: "lax",
    path: "/api/connect/google",
    secure: env().APP_URL.startsWith("https:"),
    maxAge: 600,
  }) as const;
