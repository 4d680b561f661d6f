import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";
import { closeDatabase } from "@/db/client";
import { copyTemplate, dropDatabase } from "./lib/test-postgres";

// Each test file gets a database of its own, copied from the migrated template.
const server = inject("postgresServer");
const name = `test_${randomBytes(8).toString("hex")}`;

process.env.DATABASE_URL = `${server}${name}`;
process.env.AUTH_SECRET = "test-secret-of-at-least-32-characters";
process.env.FERNET_KEYS = `${Buffer.alloc(32, 7).toString("base64url")}=`;
process.env.ALLOW_PRIVATE_ADDRESSES = "true";
process.env.LOG_LEVEL = "silent";

await copyTemplate(server, name);

afterAll(async () => {
  await closeDatabase();
  await dropDatabase(server, name);
});
