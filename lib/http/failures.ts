import { AppError } from "@/lib/errors";

/** An answer over the request's limit; the only failure that says something about one resource alone. */
export class AnswerTooLarge extends AppError {
  constructor(host: string, maxBytes: number) {
    const limit = maxBytes >= 1_000_000 ? `${maxBytes / 1_000_000} MB` : `${Math.ceil(maxBytes / 1000)} KB`;
    super("invalid", `${host} sent more than ${limit}, more than is read here.`);
  }
}

/** What went wrong on the way to `host`, as a sentence. Causes keep the code, never the address's path or query. */
export function transportFailure(error: unknown, host: string): AppError {
  const chain = causesOf(error);
  const known = chain.find((cause) => cause instanceof AppError);
  if (known) return known;
  if (chain.some(({ name }) => name === "TimeoutError")) {
    return new AppError("unavailable", `${host} took too long to answer.`);
  }
  const code = chain.map(codeOf).find((found) => found !== "") ?? "";
  return new AppError("unavailable", sentenceFor(code, host), { cause: new Error(code || "unknown") });
}

function sentenceFor(code: string, host: string): string {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `No server called ${host} could be found.`;
  if (code === "ECONNREFUSED") return `${host} refused the connection.`;
  if (/CERT|SIGNATURE|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    return `${host} could not prove who it is: its certificate or encryption is not right (${code}).`;
  }
  return `The connection to ${host} failed${code ? ` (${code})` : ""}.`;
}

/** undici wraps once or twice; Happy Eyeballs (RFC 8305) hides the failures in an AggregateError. */
function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const nested = error instanceof AggregateError ? error.errors : [];
  return [error, ...nested.flatMap(causesOf), ...causesOf(error.cause)];
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

/** What was answered, as far as it tells whether the server can answer at all. */
export type AnswerHead = {
  status: number;
  /** The header of that name. */
  retryAfter: string | null;
  host: string;
  /** How long we may be sent away for; an hour where it is left out. */
  longestSeconds?: number | undefined;
};

/** The failures of a server that is there but cannot answer now; null for an answer to work with. */
export function passingFailure(
  { status, retryAfter, host, longestSeconds }: AnswerHead,
  now: Date,
): AppError | null {
  if (status !== 429 && status !== 502 && status !== 503 && status !== 504) return null;
  const seconds = retryAfterSeconds(retryAfter, now, longestSeconds);
  const details = seconds === null ? {} : { retryAfterSeconds: seconds };
  if (status === 429) return new AppError("rate_limited", `${host} asks us to slow down.`, details);
  return new AppError("unavailable", `${host} cannot answer at the moment (${status}).`, details);
}

// A calendar that is not read for longer closes its bookings.
const hourSeconds = 3600;

/** Retry-After is seconds or a date (RFC 9110 §10.2.3). Nobody is believed who sends us away for longer. */
export function retryAfterSeconds(
  value: string | null,
  now: Date,
  longestSeconds = hourSeconds,
): number | null {
  if (!value) return null;
  const seconds = /^\d+$/.test(value.trim())
    ? Number(value)
    : Math.ceil((Date.parse(value) - now.getTime()) / 1000);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(0, seconds), longestSeconds);
}
