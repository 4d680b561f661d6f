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
} as const;
