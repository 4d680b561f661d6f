import { AppError } from "@/lib/errors";
import { createGuardedFetch, type GuardedResponse } from "@/lib/http/guarded-fetch";
import type { ProviderOptions } from "@/lib/providers/options";
import type { CaldavCredentials } from "@/lib/providers/provider";
import { inTurn } from "@/lib/providers/turns";
import { findUrl } from "@/lib/url";
import { type Multistatus, notCaldav, readMultistatus } from "./multistatus";

export type DavRequest = {
  method: "PROPFIND" | "REPORT" | "GET" | "PUT" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: string;
  maxBytes?: number;
  retries?: number;
};

/** An account's requests: signed in, limited in size and time, one after the other. */
export type Dav = {
  /** Any answer but 401, 429, 502, 503 and 504, which are thrown. */
  request(request: DavRequest): Promise<GuardedResponse>;
  /** @throws AppError when the answer is no 207 with a whole multistatus in it */
  multistatus(request: DavRequest): Promise<Multistatus & { url: string }>;
};

export const megabyte = 1_000_000;
const defaultTimeoutMs = 30_000;
// Shared, so that accounts at one server share its connections.
const strictFetch = createGuardedFetch({ allowPrivate: false });
const openFetch = createGuardedFetch({ allowPrivate: true });

export function openDav(credentials: CaldavCredentials, options: ProviderOptions): Dav {
  const { serverUrl, username, password } = credentials;
  const guardedFetch = options.allowPrivate ? openFetch : strictFetch;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const account = `${findUrl(serverUrl)?.host ?? serverUrl} ${username}`;

  const request = async ({ maxBytes = megabyte, headers, ...rest }: DavRequest): Promise<GuardedResponse> => {
    const response = await inTurn(account, () =>
      guardedFetch({
        ...rest,
        maxBytes,
        authorization,
        headers: { ...(rest.body ? { "content-type": "application/xml; charset=utf-8" } : {}), ...headers },
        timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
        ...(options.retryDelayMs === undefined ? {} : { retryDelayMs: options.retryDelayMs }),
      }),
    );
    if (response.status === 401) throw refusedSignIn(rest.url, response);
    return response;
  };

  return {
    request,
    async multistatus(asked) {
      const response = await request(asked);
      if (response.status !== 207) throw failureOf(response);
      // Ids stay on the host that was asked, wherever a redirect led.
      return { ...(await readMultistatus(response.body.toString(), asked.url)), url: response.url };
    },
  };
}

/** What a status means that the caller has no other way out of. */
export function failureOf({ status, url }: GuardedResponse): AppError {
  const host = new URL(url).hostname;
  if (status < 300) return notCaldav(url);
  if (status === 403) return new AppError("forbidden", `${host} does not allow this.`);
  if (status === 404 || status === 410)
    return new AppError("not_found", `${host} has nothing at this address.`);
  if (status === 413 || status === 507)
    return new AppError("invalid", `${host} has no room for this (${status}).`);
  if (status >= 500 || status === 423) {
    return new AppError("unavailable", `${host} cannot answer at the moment (${status}).`);
  }
  return new AppError("invalid", `${host} refused the request (${status}).`);
}

function refusedSignIn(asked: string, response: GuardedResponse): AppError {
  const [from, to] = [new URL(asked).hostname, new URL(response.url).hostname];
  if (!response.sentCredentials) {
    const sentence = `${from} sends us on to ${to}. Enter ${to} as the server if it may see the password.`;
    return new AppError("invalid", sentence, { field: "server" });
  }
  const schemes = response.headers.get("www-authenticate") ?? "";
  if (/digest/i.test(schemes) && !/basic/i.test(schemes)) {
    return new AppError(
      "reconnect",
      `${to} asks for Digest sign-in, which is not supported; switch it to Basic.`,
    );
  }
  return new AppError("reconnect", `${to} does not accept this user name and password.`);
}
