import { Agent, type Response } from "undici";
import { AppError } from "@/lib/errors";
import { findUrl } from "@/lib/url";
import { checkedUrl, guardedLookup, mayKnowSecret, type Resolve, resolveHost } from "./addresses";
import { readBody, send } from "./exchange";
import { passingFailure } from "./failures";
import { withRetries } from "./retry";

export type GuardedRequest = {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Value of the Authorization header; after a redirect only sent where it belongs (see `mayKnowSecret`). */
  authorization?: string;
  maxBytes: number;
  /** For everything: redirects, retries, the whole body. */
  timeoutMs: number;
  /** Default: 2 for methods that change nothing, else 0. */
  retries?: number;
  retryDelayMs?: number;
  /** How long a server may send us away for; an hour where it is left out. */
  longestRetryAfterSeconds?: number;
};

export type GuardedResponse = {
  status: number;
  headers: { get(name: string): string | null };
  body: Buffer;
  /** Where the answer came from, after redirects. */
  url: string;
  /** Where this resource has moved for good: as far as permanent redirects led before any other; null if nowhere. */
  permanentUrl: string | null;
  /** False when a redirect led to a host that must not see the credentials. */
  sentCredentials: boolean;
};

/**
 * A request to an address somebody typed. 429, 502, 503 and 504 are thrown; every other status is an answer.
 * @throws AppError invalid (address refused, answer too large), rate_limited, unavailable
 */
export type GuardedFetch = (request: GuardedRequest) => Promise<GuardedResponse>;

export type GuardOptions = {
  allowPrivate: boolean;
  resolve?: Resolve;
  /** Tests that need a public server play it. */
  sendOne?: typeof send;
};

const userAgent = "Calends/1.0 (calendar sync)";
const maxRedirects = 5;
const longestWaitMs = 5_000;
const harmless = new Set(["GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"]);
const redirects = new Set([301, 302, 303, 307, 308]);
const permanent = new Set([301, 308]);

export function createGuardedFetch({
  allowPrivate,
  resolve = resolveHost,
  sendOne = send,
}: GuardOptions): GuardedFetch {
  const agent = new Agent({ connect: { lookup: guardedLookup(allowPrivate, resolve) } });

  return (request) => {
    const signal = AbortSignal.timeout(request.timeoutMs);
    const retries = request.retries ?? (harmless.has(request.method ?? "GET") ? 2 : 0);
    const policy = { retries, delayMs: request.retryDelayMs ?? 500, longestWaitMs, signal };
    return withRetries(() => followRedirects(request, { agent, allowPrivate, signal, sendOne }), policy);
  };
}

type Trip = { agent: Agent; allowPrivate: boolean; signal: AbortSignal; sendOne: typeof send };

async function followRedirects(request: GuardedRequest, trip: Trip): Promise<GuardedResponse> {
  const first = checkedUrl(request.url, trip.allowPrivate);
  let url = first;
  let lasting = first;
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const authorization = mayKnowSecret(first, url) ? request.authorization : undefined;
    const response = await ask(url, { ...request, authorization }, trip);
    const next = await nextHop(response, url, trip.allowPrivate);
    if (!next) {
      const permanentUrl = lasting === first ? null : lasting.href;
      const trail = { url, permanentUrl, sentCredentials: authorization !== undefined };
      return finish(response, trail, request);
    }
    if (lasting === url && permanent.has(response.status)) lasting = next;
    url = next;
  }
  throw new AppError("invalid", `${first.hostname} redirects more than ${maxRedirects} times.`);
}

async function nextHop(response: Response, url: URL, allowPrivate: boolean): Promise<URL | null> {
  const location = redirects.has(response.status) ? response.headers.get("location") : null;
  if (!location) return null;
  await response.body?.cancel();
  return checkedUrl(findUrl(location, url)?.href ?? "", allowPrivate);
}

function ask(
  url: URL,
  request: Omit<GuardedRequest, "authorization"> & { authorization: string | undefined },
  { agent, signal, sendOne }: Trip,
): Promise<Response> {
  const { method = "GET", headers: given, body = null, authorization } = request;
  const headers = { "user-agent": userAgent, ...given, ...(authorization ? { authorization } : {}) };
  return sendOne({ url, method, headers, body, signal, agent });
}

type Trail = Pick<GuardedResponse, "permanentUrl" | "sentCredentials"> & { url: URL };

async function finish(
  response: Response,
  { url, ...trail }: Trail,
  { maxBytes, longestRetryAfterSeconds: longestSeconds }: GuardedRequest,
): Promise<GuardedResponse> {
  const { status, headers } = response;
  const retryAfter = headers.get("retry-after");
  const failure = passingFailure({ status, retryAfter, host: url.hostname, longestSeconds }, new Date());
  if (failure) {
    await response.body?.cancel();
    throw failure;
  }
  const body = await readBody(response, url.hostname, maxBytes);
  return { ...trail, status, headers, body, url: url.href };
}
