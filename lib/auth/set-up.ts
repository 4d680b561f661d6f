import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { setupLinks, users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { slugOf } from "@/lib/event-types/schema";
import { parseInput } from "@/lib/parse";
import { addDefaults } from "@/lib/users/defaults";
import { checkTimeZone } from "@/lib/users/time-zone";
import { hashPassword } from "./password";
import { setUpForm } from "./schema";
import { type SessionUser, sessionColumns } from "./token";

/** Whether anybody can sign in yet. */
export async function hasUsers(): Promise<boolean> {
  const rows = await database().select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}

/** Whether the set-up link with this token would work now. Looking does not use it up. */
export async function isSetUpLink(token: string): Promise<boolean> {
  const rows = await database()
    .select()
    .from(setupLinks)
    .where(eq(setupLinks.tokenHash, hashOf(token)));
  return rows.length > 0 && !(await hasUsers());
}

/**
 * Creates the first user, an admin, and uses the link up, both or neither.
 * @throws AppError invalid (naming the field), or not_found when the link does not work (any more)
 */
export async function setUpAdmin(token: string, input: unknown): Promise<SessionUser> {
  const form = parseInput(setUpForm, input);
  // Hashing is expensive on purpose, so strangers do not get that far.
  if (!(await isSetUpLink(token))) throw linkGone();
  const passwordHash = await hashPassword(form.password);
  return database().transaction(async (tx) => {
    await useUp(tx, token);
    await checkTimeZone(tx, form.timeZone);
    const { name, email, timeZone } = form;
    const [user] = await tx
      .insert(users)
      .values({ name, email, passwordHash, role: "admin", handle: slugOf(name, 40) || "host", timeZone })
      .returning(sessionColumns);
    if (!user) throw new Error("The insert returned no user.");
    await addDefaults(tx, user.id);
    return user;
  });
}

/** Two submits at once, be it with two links, wait here for each other; the loser finds somebody there. */
async function useUp(tx: Transaction, token: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('calends:set-up'))`);
  const used = await tx
    .delete(setupLinks)
    .where(eq(setupLinks.tokenHash, hashOf(token)))
    .returning();
  const [someone] = await tx.execute(sql`select from users limit 1`);
  if (used.length === 0 || someone) throw linkGone();
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

const linkGone = () =>
  new AppError(
    "not_found",
    "This set-up link does not work any more. If Calends is set up already, sign in.",
  );
