import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { consume, forget } from "@/lib/rate-limit/limit";
import { hashPassword, verifyPassword } from "./password";
import { passwordChange } from "./schema";
import { type SessionUser, sessionColumns } from "./token";
import type { Viewer } from "./viewer";

const perUser = { name: "change-password", points: 10, seconds: 900 };

/**
 * Changes the viewer's password and ends every session of theirs; the answer is for a new one here.
 * @throws AppError invalid (naming the field) or rate_limited
 */
export async function changePassword(viewer: Viewer, input: unknown): Promise<SessionUser> {
  const { currentPassword, newPassword } = parseInput(passwordChange, input);
  await consume(perUser, viewer.userId);
  // As owner: the viewer's own rights do not reach the password.
  const [row] = await database()
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, viewer.userId));
  if (!(await verifyPassword(currentPassword, row?.passwordHash ?? null)))
    throw new AppError("invalid", "This is not your current password.", { field: "currentPassword" });
  const [user] = await database()
    .update(users)
    .set({ passwordHash: await hashPassword(newPassword), sessionEpoch: sql`${users.sessionEpoch} + 1` })
    .where(eq(users.id, viewer.userId))
    .returning(sessionColumns);
  if (!user) throw new AppError("not_found", "This user does not exist any more.");
  await forget(perUser, viewer.userId);
  return user;
}
