import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { closeDatabase } from "@/db/client";

// Each test file gets a database of its own, copied from the migrated template.
const server = inject("postgresServer");
const name = `test_${randomBytes(8).toString("hex")}`;
const admin = postgres(`${server}postgres`, { max: 1, onnotice: () => {} });

process.env.DATABASE_URL = `${server}${name}`;
process.env.AUTH_SECRET = "test-secret-of-at-least-32-characters";
process.env.FERNET_KEYS = `${Buffer.alloc(32, 7).toString("base64url")}=`;
process.env.ALLOW_PRIVATE_ADDRESSES = "true";
process.env.LOG_LEVEL = "silent";

await copyTemplate();

afterAll(async () => {
  await closeDatabase();
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
});

/** PostgreSQL copies a template for one caller at a time; the advisory lock makes the files queue. */
async function copyTemplate() {
  await admin`select pg_advisory_lock(1)`;
  await admin.unsafe(`create database ${name} template template`);
  await admin`select pg_advisory_unlock(1)`;
}
