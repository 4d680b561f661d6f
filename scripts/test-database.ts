import type { TestProject } from "vitest/node";
import { startTestPostgres } from "./lib/test-postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** See `TestPostgres.address`. */
    postgresServer: string;
  }
}

/** One PostgreSQL for the whole run; each test file copies its template (see test-setup.ts). */
export default async function setup(project: TestProject) {
  const server = await startTestPostgres();
  project.provide("postgresServer", server.address);
  return server.stop;
}
