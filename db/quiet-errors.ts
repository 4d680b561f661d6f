import { DrizzleQueryError } from "drizzle-orm/errors";
import { PgPreparedQuery } from "drizzle-orm/pg-core";

type QueryWithCache = (
  this: unknown,
  text: string,
  params: unknown[],
  query: () => Promise<unknown>,
) => Promise<unknown>;

/**
 * Drizzle writes a failed query's parameters (names, addresses, password hashes) into the error's message, and from
 * there they reach whatever prints the error. It has no setting for that, so this one protected method is wrapped.
 */
export function keepParametersOutOfErrors(): void {
  const prototype = PgPreparedQuery.prototype as unknown as {
    queryWithCache: QueryWithCache & { isQuiet?: true };
  };
  const original = prototype.queryWithCache;
  if (original.isQuiet) return;
  const quiet: QueryWithCache & { isQuiet?: true } = async function (text, params, query) {
    try {
      return await original.call(this, text, params, query);
    } catch (error) {
      throw error instanceof DrizzleQueryError ? withoutParameters(error) : error;
    }
  };
  quiet.isQuiet = true;
  prototype.queryWithCache = quiet;
}

function withoutParameters(error: DrizzleQueryError): DrizzleQueryError {
  const [message = error.message] = error.message.split("\nparams: ");
  error.stack = error.stack?.replace(error.message, message) ?? message;
  error.message = message;
  error.params = [];
  return error;
}
