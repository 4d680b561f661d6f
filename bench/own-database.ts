import { copyTemplate, startTestPostgres } from "@/scripts/lib/test-postgres";
import type { Measure } from "./measure";

/** Measures in a database of an own PostgreSQL, which is there only as long as that takes. */
export async function* onOwnDatabase(
  measure: (databaseUrl: string) => AsyncGenerator<Measure>,
): AsyncGenerator<Measure> {
  const server = await startTestPostgres();
  try {
    await copyTemplate(server.address, "bench");
    yield* measure(`${server.address}bench`);
  } finally {
    await server.stop();
  }
}
