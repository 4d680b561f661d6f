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

// The server takes nothing faster for typed; two seconds are nothing to wait for.
const soonestMs = 2_000;

/**
 * Undefined until free times were seen. A form that was kept over a reload is sent at once by whoever has nothing left
 * to type: then this waits until the token is old enough.
 */
export async function formToken(): Promise<string | undefined> {
  const left = kept ? kept.at + soonestMs - Date.now() : 0;
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  return kept?.token;
}
