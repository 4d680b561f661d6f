// The server says how old this may get (lib/booking/form-token); half of that leaves time to type.
const refreshAfterMs = 12 * 3_600_000;

let kept: { token: string; at: number } | null = null;

/**
 * What came with the free times and goes back with the booking. The first one is kept: a page that has just heard of a
 * change has a new one, which would look as if nobody had typed.
 */
export function keepFormToken(token: string): void {
  if (!kept || Date.now() - kept.at > refreshAfterMs) kept = { token, at: Date.now() };
}

/** Undefined until free times were seen. */
export const formToken = (): string | undefined => kept?.token;
