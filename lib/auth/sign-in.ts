import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { consume, forget, giveBack } from "@/lib/rate-limit/limit";
import { verifyPassword } from "./password";
import { signInForm } from "./schema";
import { type SessionUser, sessionColumns } from "./token";

const perAddress = { name: "sign-in-address", points: 30, seconds: 900 };
const perEmail = { name: "sign-in-email", points: 10, seconds: 900 };

/**
 * The user with this e-mail address and password. Failures count per client address and per e-mail address,
 * and look the same whether or not there is such a user.
 * @throws AppError invalid or rate_limited
 */
export async function verifySignIn(input: unknown, clientAddress: string): Promise<SessionUser> {
  const { email, password } = parseInput(signInForm, input);
  const account = email.toLowerCase();
  await consume(perAddress, clientAddress);
  await consume(perEmail, account);
  const [row] = await database()
    .select({ ...sessionColumns, passwordHash: users.passwordHash })
    .from(users)
    .where(sql`lower(${users.email}) = ${account}`);
  const isRight = await verifyPassword(password, row?.passwordHash ?? null);
  if (!row || !isRight)
    throw new AppError("invalid", "This e-mail address and password do not belong together.");
  await Promise.all([giveBack(perAddress, clientAddress), forget(perEmail, account)]);
  const { passwordHash: _, ...user } = row;
  return user;
}
