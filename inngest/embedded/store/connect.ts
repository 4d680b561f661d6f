import postgres from "postgres";

export type Sql = postgres.Sql;
/** A transaction, or the pool where one statement is enough. */
export type Queryable = postgres.ISql;

/**
 * Connections of the engine's own, so that a page full of requests cannot starve a heartbeat. Columns come back
 * in camel case, as Drizzle names them.
 */
export function connect(url: string, max: number): Sql {
  return postgres(url, {
    max,
    connect_timeout: 10,
    onnotice: () => {},
    transform: { column: { from: postgres.toCamel } },
    // The heartbeat's connection holds the lock that says this worker lives; it must not be recycled.
    max_lifetime: null,
  });
}

/** Rows as one JSON parameter: one prepared statement whatever their number. Typed text, or it is encoded twice. */
export const asJson = (rows: readonly unknown[]) => JSON.stringify(rows);

/**
 * Statements of one transaction, sent without waiting for one another. Ends when the last has ended, also when one
 * fails: a statement that is sent after the rollback would count on its own.
 */
export async function together(statements: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(statements);
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
}
