import { buildIfChanged } from "@/scripts/lib/build.mjs";
import { startTestPostgres } from "@/scripts/lib/test-postgres";

/** The build and one PostgreSQL for all journeys; `startProduct` takes a database of its own from it. */
export default async function setup() {
  await buildIfChanged({ root: process.cwd(), env: process.env });
  const server = await startTestPostgres();
  process.env.E2E_POSTGRES = server.address;
  return server.stop;
}
