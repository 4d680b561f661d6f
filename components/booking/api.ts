/** The server understood and said no. `field` names the input to blame. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

/** No usable answer came. Whether the server acted on the request is unknown. */
export class NoAnswer extends Error {}

/**
 * Our own JSON API, from the browser.
 * @throws Refused | NoAnswer
 */
export async function callApi<T>(
  path: string,
  { timeoutMs = 20_000, ...init }: RequestInit & { timeoutMs?: number } = {},
): Promise<T> {
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(init.signal ? [init.signal] : [])]);
  const response = await fetch(path, { ...init, signal }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new NoAnswer("The server could not be reached.");
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body) return body as T;
  const { error } = (body ?? {}) as { error?: { code: string; message: string; field?: string } };
  if (error) throw new Refused(error.code, error.message, error.field);
  throw new NoAnswer("The server did not answer as it should.");
}
