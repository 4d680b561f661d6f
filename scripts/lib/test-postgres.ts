import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { migrateDatabase } from "@/db/migrate";
import { startCluster } from "./postgres.mjs";

const template = "template";

/** A PostgreSQL for one run of tests. `address` ends in "/": a database's name makes it whole. */
export type TestPostgres = { address: string; stop: () => Promise<void> };

/**
 * The embedded PostgreSQL, thrown away afterwards, or the one TEST_POSTGRES names
 * (`postgres://user:password@host:port/`, whose user may create databases), with a migrated, empty template.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_POSTGRES;
  const server = given ? { address: given.replace(/\/?$/, "/"), stop: async () => {} } : await throwAway();
  try {
    await makeTemplate(server.address);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

async function makeTemplate(address: string): Promise<void> {
  await asAdmin(address, async (admin) => {
    await admin.unsafe(`drop database if exists ${template}`);
    await admin.unsafe(`create database ${template}`);
  });
  await migrateDatabase(`${address}${template}`);
}

/** @param bin the programs of another PostgreSQL than the embedded one */
export async function throwAway(bin?: string): Promise<TestPostgres> {
  const dir = mkdtempSync(join(tmpdir(), "calends-test-"));
  chmodSync(dir, 0o711);
  const cluster = await startCluster({
    dir: join(dir, "pg"),
    password: "test",
    // Nothing here outlives the run, so nothing needs to reach the disk.
    options: ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"],
    ...(bin && { bin }),
  });
  return {
    address: cluster.url(""),
    stop: async () => {
      await cluster.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A new database with the newest schema and nothing in it. */
export function copyTemplate(address: string, name: string): Promise<void> {
  return asAdmin(address, async (admin) => {
    // PostgreSQL copies a template for one caller at a time; the others queue here.
    await admin`select pg_advisory_lock(1)`;
    await admin.unsafe(`create database ${name} template ${template}`);
    await admin`select pg_advisory_unlock(1)`;
  });
}

export function dropDatabase(address: string, name: string): Promise<void> {
  return asAdmin(address, async (admin) => {
    await admin.unsafe(`drop database if exists ${name} with (force)`);
  });
}

async function asAdmin(address: string, work: (admin: postgres.Sql) => Promise<void>): Promise<void> {
  const admin = postgres(`${address}postgres`, { max: 1, onnotice: () => {} });
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
