/** PostgreSQL's SQLSTATE behind an error, however deep Drizzle wrapped it; undefined for any other error. */
export function sqlStateOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && /^[0-9A-Z]{5}$/.test(cause.code))
      return cause.code;
  }
  return undefined;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const sqlState = {
  invalidText: "22P02",
  notInRepertoire: "22021",
  foreignKeyViolation: "23503",
  uniqueViolation: "23505",
  exclusionViolation: "23P01",
  deadlockDetected: "40P01",
} as const;

const tries = 4;

/**
 * Of transactions that wait for each other in a circle PostgreSQL ends one, which is to be begun anew: many rows are
 * locked in one order, but not all of them everywhere.
 * @param transaction all of it, so that nothing of an earlier try is left
 */
export async function againAfterDeadlock<T>(transaction: () => Promise<T>): Promise<T> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await transaction();
    } catch (error) {
      if (left === 0 || sqlStateOf(error) !== sqlState.deadlockDetected) throw error;
    }
  }
}
