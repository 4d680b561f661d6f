/** What can go wrong in ways we expect. Each edge (form, HTTP, job, DAV) translates these once. */
export const errorCodes = [
  "invalid",
  "signed_out",
  "forbidden",
  "not_found",
  "conflict",
  "reconnect",
  "rate_limited",
  "unavailable",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

type Details = {
  /** The input field to blame, as the form or the API names it. */
  field?: string;
  /** For rate_limited and unavailable: when the other side says to come back. */
  retryAfterSeconds?: number;
  cause?: unknown;
};

/** An expected failure: a code for programs and a sentence for a person. Never put a secret in the sentence. */
export class AppError extends Error {
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    sentence: string,
    details: Details = {},
  ) {
    super(sentence, details.cause === undefined ? {} : { cause: details.cause });
    this.name = "AppError";
    this.field = details.field;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
