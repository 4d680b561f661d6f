import { and, eq } from "drizzle-orm";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { database } from "@/db/client";
import { users } from "@/db/schema";
import { env } from "@/lib/env";

/** What a session says about its user; the epoch ends it when the user's own has moved on. */
export type SessionUser = {
  id: string;
  email: string;
  name: string;
  role: "admin" | "host";
  sessionEpoch: number;
};

const claims = z.object({ sub: z.uuid(), epoch: z.int() });

export const sessionSeconds = 30 * 86_400;

export const claimsOf = ({ id, sessionEpoch, name, email }: SessionUser) => ({
  sub: id,
  epoch: sessionEpoch,
  name,
  email,
});

export function sessionTokenFor(user: SessionUser): Promise<string> {
  return encode({ token: claimsOf(user), secret: env().AUTH_SECRET, maxAge: sessionSeconds });
}

/** The user behind a session token; null when it is not ours, has expired, or was ended. */
export async function findSessionUser(token: string): Promise<SessionUser | null> {
  const payload = await decode({ token, secret: env().AUTH_SECRET }).catch(() => null);
  const session = claims.safeParse(payload);
  if (!session.success) return null;
  const [user] = await database()
    .select(sessionColumns)
    .from(users)
    .where(and(eq(users.id, session.data.sub), eq(users.sessionEpoch, session.data.epoch)));
  return user ?? null;
}

export const sessionColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  sessionEpoch: users.sessionEpoch,
};
