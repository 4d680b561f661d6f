import postgres from "postgres";

export type Sql = postgres.Sql;
export type TransactionSql = postgres.TransactionSql;
/** A transaction, or the pool where one statement is enough. */
export type Queryable = postgres.ISql;

/**
 * Connections of the engine's own, so that a page full of requests cannot starve a heartbeat. Columns come back
 * in camel case, as Drizzle names them.
 */
export function connect(url: string, max: number): Sql {
  let isEnding = false;
  let current = open(max);
  // It listens again by itself, and must not go with the others.
  let ear: Sql | undefined;

  function open(most: number): Sql {
    const client: Sql = postgres(url, {
      max: most,
      connect_timeout: 10,
      onnotice: () => {},
      transform: { column: { from: postgres.toCamel } },
      // The heartbeat's connection holds the lock that says this worker lives; it must not be recycled.
      max_lifetime: null,
      onclose: () => replace(client),
    });
    return client;
  }
  // A connection of postgres.js that dies with something still to write reconnects, and never writes again: every
  // later query on it runs into the time limit. So the first one that dies takes all of them with it.
  function replace(client: Sql): void {
    if (isEnding || client !== current) return;
    current = open(max);
    client.end({ timeout: 5 }).catch(() => {});
  }
  const own: Partial<Sql> = {
    listen(...args) {
      ear ??= open(1);
      return ear.listen(...args);
    },
    async end(options) {
      isEnding = true;
      await Promise.all([current.end(options), ear?.end(options)]);
    },
  };
  return new Proxy(current, {
    apply: (_, self, args) => Reflect.apply(current, self, args),
    get: (_, name) => Reflect.get(Object.hasOwn(own, name) ? own : current, name),
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

/** Whether the database, or JSON, refused what it was given, and always will. */
export const isBadData = (error: unknown): boolean =>
  error instanceof postgres.PostgresError
    ? /^(22|23|54)/.test(error.code)
    : error instanceof SyntaxError || error instanceof RangeError;

/** Whether it was a matter of the moment: a lost connection, a deadlock, a restart of the database. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && !isBadData(error) && error.code !== ended;

const ended = "CONNECTION_ENDED";

const patience = [50, 200, 1_000, 2_000, 4_000, 8_000, 16_000];

/** Writes again what failed for the moment. */
export async function insist<T>(write: () => Promise<T>): Promise<T> {
  for (const pauseMs of patience) {
    try {
      return await write();
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return write();
}
