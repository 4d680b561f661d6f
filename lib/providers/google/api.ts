import { setTimeout as sleep } from "node:timers/promises";
import { AppError, type ErrorCode } from "@/lib/errors";
import { retryAfterSeconds } from "@/lib/http/failures";
import { withRetries } from "@/lib/http/retry";
import { type ServiceAnswer, serviceFetch } from "@/lib/http/service-fetch";
import type { ProviderOptions } from "@/lib/providers/options";
import type { GoogleAccess } from "@/lib/providers/provider";
import { inTurn } from "@/lib/providers/turns";
import { createQuota } from "./quota";
import { generalFailure, type Refusal, readRefusal, unreadableAnswer } from "./refusal";

export type ApiRequest = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Segments below /calendar/v3, as they are. */
  path: string[];
  query?: Record<string, string>;
  body?: unknown;
  /** Only if the event still is this one. */
  etag?: string | null;
  maxBytes?: number;
  /** For what would happen twice: nothing is repeated whose answer was lost. */
  isOnce?: boolean;
};

export type ApiAnswer = { ok: true; body: unknown } | ({ ok: false } & Refusal);

/** An account's requests: one after the other, within the quota, limited in size and time. */
export type Api = {
  /** Refusals that mean the same for every request are thrown: 401, 429, 5xx, rate limits, missing permissions. */
  call(request: ApiRequest): Promise<ApiAnswer>;
};

const megabyte = 1_000_000;
const totalTimeoutMs = 60_000;
const attemptTimeoutMs = 20_000;
const longestWaitMs = 15_000;
const retries = 4;
const harmlessToRepeat: ErrorCode[] = ["unavailable", "rate_limited"];
const quota = createQuota();

export function openApi(access: GoogleAccess, options: ProviderOptions & { connectionId: string }): Api {
  const { connectionId, timeoutMs = totalTimeoutMs, retryDelayMs = 500 } = options;
  const account = `${access.baseUrl} ${connectionId}`;
  return {
    call: (request) =>
      inTurn(account, () => {
        const signal = AbortSignal.timeout(timeoutMs);
        // A request over the rate limit was not performed, so it can always be repeated.
        const after: ErrorCode[] = request.isOnce ? ["rate_limited"] : harmlessToRepeat;
        const policy = { retries, delayMs: retryDelayMs, longestWaitMs, signal, after };
        return withRetries(() => attempt(request, { access, account, signal }), policy);
      }),
  };
}

type Trip = { access: GoogleAccess; account: string; signal: AbortSignal };

/** A token may have ended or been replaced while it was in use; a second one that is refused says more. */
async function attempt(request: ApiRequest, trip: Trip): Promise<ApiAnswer> {
  const token = await trip.access.accessToken();
  const first = await ask(request, token, trip);
  if (first.status !== 401) return read(first);
  return read(await ask(request, await trip.access.accessToken(token), trip));
}

async function ask(request: ApiRequest, token: string, trip: Trip): Promise<ServiceAnswer> {
  await waitForQuota(request, trip);
  const { method, body, etag, maxBytes = megabyte } = request;
  return serviceFetch({
    method,
    url: urlOf(trip.access.baseUrl, request),
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      // Google compresses only for agents that say so by name.
      "user-agent": "Calends/1.0 (calendar sync, gzip)",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(etag ? { "if-match": etag } : {}),
    },
    body: body === undefined ? null : JSON.stringify(body),
    maxBytes,
    signal: AbortSignal.any([trip.signal, AbortSignal.timeout(attemptTimeoutMs)]),
  });
}

function urlOf(baseUrl: string, { path, query = {} }: ApiRequest): URL {
  const url = new URL(`${baseUrl}/calendar/v3/${path.map(encodeURIComponent).join("/")}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/** A patch costs three. */
async function waitForQuota({ method }: ApiRequest, { account }: Trip): Promise<void> {
  const waitMs = quota.take(account, method === "PATCH" ? 3 : 1, longestWaitMs, Date.now());
  if (waitMs === null) {
    const sentence = "There is more to ask Google about this account than it answers in a minute.";
    throw new AppError("rate_limited", sentence, { retryAfterSeconds: 60 });
  }
  if (waitMs > 0) await sleep(waitMs);
}

function read({ status, headers, body }: ServiceAnswer): ApiAnswer {
  const text = body.toString();
  if (status >= 200 && status < 300) return { ok: true, body: text ? parse(text) : null };
  const refusal = readRefusal(status, text);
  const failure = generalFailure(refusal, retryAfterSeconds(headers.get("retry-after"), new Date()));
  if (failure) throw failure;
  return { ok: false, ...refusal };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadableAnswer();
  }
}
