import { AppError } from "@/lib/errors";
import { createGuardedFetch, type GuardedResponse } from "@/lib/http/guarded-fetch";
import type { ProviderOptions } from "@/lib/providers/options";
import { normalizeFeedUrl } from "./address";
import type { Validators } from "./cursor";

export type Feed = { url: string; options: ProviderOptions };

/** `body` null: it is what it was when `validators` came. */
export type FeedAnswer = {
  host: string;
  body: Uint8Array | null;
  contentType: string | null;
  validators: Validators;
  /** Where it is to be found from now on. */
  movedTo: string | null;
};

const defaultTimeoutMs = 30_000;
const defaultMaxBytes = 20_000_000;
// A feed that wants to be left alone for a day need not be asked every hour until it is given up.
const longestRetryAfterSeconds = 7 * 86_400;
const longestValidator = 1000;
// Shared, so that feeds of one server share its connections.
const strictFetch = createGuardedFetch({ allowPrivate: false });
const openFetch = createGuardedFetch({ allowPrivate: true });

/** Asks for a feed, unless it is still the one `known` is of. @throws AppError as docs/subscriptions.md lists them */
export async function askForFeed({ url, options }: Feed, known: Validators | null): Promise<FeedAnswer> {
  const asked = normalizeFeedUrl(url);
  const conditions = conditionsOf(known);
  const response = await fetchFor(options)({
    url: asked,
    // Some servers choose by it; what comes is judged by itself.
    headers: { accept: "text/calendar, text/plain;q=0.5, */*;q=0.1", ...conditions },
    maxBytes: options.feedLimits?.maxBytes ?? defaultMaxBytes,
    longestRetryAfterSeconds,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    ...(options.retryDelayMs === undefined ? {} : { retryDelayMs: options.retryDelayMs }),
  });
  const host = new URL(response.url).hostname;
  const isUnchanged = response.status === 304 && Object.keys(conditions).length > 0;
  if (!isUnchanged && (response.status < 200 || response.status > 299)) throw refusal(response.status, host);
  return {
    host,
    body: isUnchanged ? null : response.body,
    contentType: response.headers.get("content-type"),
    validators: validatorsOf(response),
    movedTo: newAddress(response, asked),
  };
}

function fetchFor({ allowPrivate, resolve }: ProviderOptions) {
  if (resolve) return createGuardedFetch({ allowPrivate, resolve });
  return allowPrivate ? openFetch : strictFetch;
}

function conditionsOf(known: Validators | null): Record<string, string> {
  return {
    ...(known?.etag ? { "if-none-match": known.etag } : {}),
    ...(known?.lastModified ? { "if-modified-since": known.lastModified } : {}),
  };
}

function validatorsOf({ headers }: GuardedResponse): Validators {
  const short = (value: string | null) => (value && value.length <= longestValidator ? value : null);
  const lastModified = short(headers.get("last-modified"));
  // Within a minute of the answer it tells nothing (RFC 9110 §8.8.2.2): what is made anew each time says now.
  const age = Date.parse(headers.get("date") ?? "") - Date.parse(lastModified ?? "");
  return { etag: short(headers.get("etag")), lastModified: age < 60_000 ? null : lastModified };
}

/** Null where it has not moved, or to where we would not go by ourselves: from https to http, to a page. */
function newAddress({ permanentUrl }: GuardedResponse, asked: string): string | null {
  if (!permanentUrl || (asked.startsWith("https:") && !permanentUrl.startsWith("https:"))) return null;
  try {
    const address = normalizeFeedUrl(permanentUrl);
    return address === asked ? null : address;
  } catch {
    return null;
  }
}

function refusal(status: number, host: string): AppError {
  if (status === 410) {
    return new AppError("not_found", `${host} says that this calendar is gone for good (410).`);
  }
  return new AppError(isRefusal(status) ? "invalid" : "unavailable", sentenceFor(status, host));
}

/** Whether it is the question that is wrong; 408, 425 and 429 say that it only came at a bad time. */
const isRefusal = (status: number) => status >= 400 && status < 500 && ![408, 425, 429].includes(status);

function sentenceFor(status: number, host: string): string {
  if (status === 401)
    return `${host} asks for a sign-in (401). A feed needs an address that works without one.`;
  if (status === 403) return `${host} does not let this calendar be read (403). Was its address withdrawn?`;
  if (status === 404) return `${host} has no calendar at this address (404).`;
  if (status === 304) return `${host} says that nothing has changed (304), but was asked for everything.`;
  if (status >= 500) return `${host} cannot answer at the moment (${status}).`;
  return `${host} refused the request (${status}).`;
}
