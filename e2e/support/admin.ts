import type { Cookie } from "@playwright/test";
import { drizzle } from "drizzle-orm/postgres-js";
import { encode } from "next-auth/jwt";
import * as schema from "@/db/schema";
import { hashPassword } from "@/lib/auth/password";
import { claimsOf, sessionColumns, sessionSeconds } from "@/lib/auth/token";
import { addDefaults } from "@/lib/users/defaults";
import type { Product } from "./product";
import { connect } from "./seed";

type Account = { name: string; email: string; password: string; handle: string; timeZone: string };

/** What the first person makes of a set-up link, and the cookie they go on with. */
export async function makeAdmin(product: Product, account: Account): Promise<Cookie> {
  const client = connect(product.databaseUrl);
  try {
    const user = await insertAdmin(drizzle(client, { schema }), account);
    const secret = product.authSecret;
    const value = await encode({ token: claimsOf(user), secret, maxAge: sessionSeconds });
    return {
      ...{ name: "next-auth.session-token", value, domain: "localhost", path: "/" },
      ...{ expires: -1, httpOnly: true, secure: false, sameSite: "Lax" },
    };
  } finally {
    await client.end();
  }
}

const hashes = new Map<string, Promise<string>>();

async function insertAdmin(database: ReturnType<typeof drizzle<typeof schema>>, account: Account) {
  const { password, ...values } = account;
  const hash = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hash);
  const passwordHash = await hash;
  return database.transaction(async (tx) => {
    const [user] = await tx
      .insert(schema.users)
      .values({ ...values, passwordHash, role: "admin" })
      .returning(sessionColumns);
    if (!user) throw new Error("The insert returned no user.");
    await addDefaults(tx, user.id);
    return user;
  });
}
