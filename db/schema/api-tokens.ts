import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant, ownedBy } from "./columns";
import { users } from "./users";

/** Lets a program use the API as its user. Only a hash is kept: the token is shown once, when it is made. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** What its user calls it: the program that has it. */
    name: text().notNull(),
    /** SHA-256, base64url. Tokens are random and long, so that a slow hash would add nothing. */
    hash: text().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** To the hour. */
    lastUsedAt: instant("last_used_at"),
    expiresAt: instant("expires_at"),
  },
  (table) => [
    unique("api_tokens_hash").on(table.hash),
    index("api_tokens_user").on(table.userId),
    ownedBy(table.userId),
  ],
).enableRLS();
