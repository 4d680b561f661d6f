import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "@/db/migrate";
import { startCluster } from "./lib/postgres.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Server address ending in "/"; a database called `template` there is migrated and empty. */
    postgresServer: string;
  }
}

/**
 * One PostgreSQL for the whole run: the embedded one, thrown away afterwards, or the server named by
 * TEST_POSTGRES (`postgres://user:password@host:port/`), whose user may create databases.
 */
export default async function setup(project: TestProject) {
  const server = process.env.TEST_POSTGRES ? await given(process.env.TEST_POSTGRES) : await embedded();
  const admin = postgres(`${server.address}postgres`, { max: 1, onnotice: () => {} });
  await admin.unsafe("drop database if exists template");
  await admin.unsafe("create database template");
  await admin.end();
  await migrateDatabase(`${server.address}template`);
  project.provide("postgresServer", server.address);
  return server.stop;
}

async function given(address: string) {
  return { address: address.endsWith("/") ? address : `${address}/`, stop: async () => {} };
}

async function embedded() {
  const dir = mkdtempSync(join(tmpdir(), "calends-test-"));
  chmodSync(dir, 0o711);
  const cluster = await startCluster({
    dir: join(dir, "pg"),
    password: "test",
    // Nothing here outlives the run, so nothing needs to reach the disk.
    options: ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"],
  });
  return {
    address: cluster.url(""),
    stop: async () => {
      await cluster.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
