import {
  allowInsecureRequests,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  customFetch,
  discovery,
} from "openid-client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { passingFailure } from "@/lib/http/failures";
import { withRetries } from "@/lib/http/retry";
import { serviceFetch } from "@/lib/http/service-fetch";
import { translated } from "./failures";

const maxBytes = 100_000;
const timeoutMs = 10_000;

const known = new Map<string, Promise<Configuration>>();

/**
 * Our client at Google, with what Google says of its own addresses: asked once per process, and again after a failure.
 * @throws AppError unavailable
 */
export async function googleClient(): Promise<Configuration> {
  const { GOOGLE_ISSUER, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = env();
  if (!GOOGLE_CLIENT_ID || !GOOGLE_CLIENT_SECRET) {
    throw new AppError("unavailable", "Google is not set up on this installation. Ask your administrator.");
  }
  const key = `${GOOGLE_ISSUER} ${GOOGLE_CLIENT_ID}`;
  const asked = known.get(key) ?? discover(GOOGLE_ISSUER, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET);
  known.set(key, asked);
  try {
    return await asked;
  } catch (error) {
    if (known.get(key) === asked) known.delete(key);
    throw translated(error);
  }
}

function discover(issuer: string, clientId: string, clientSecret: string): Promise<Configuration> {
  return discovery(new URL(issuer), clientId, {}, ClientSecretPost(clientSecret), {
    [customFetch]: limitedFetch,
    // The settings take plain http for this machine alone: the emulator.
    execute: issuer.startsWith("http:") ? [allowInsecureRequests] : [],
  });
}

/** The library itself reads without a limit, and tries everything once. */
const limitedFetch: CustomFetch = async (address, { method, headers, body }) => {
  const url = new URL(address);
  // A refresh can be repeated; a code is gone once it was sent.
  const isRefresh = body instanceof URLSearchParams && body.get("grant_type") === "refresh_token";
  const signal = AbortSignal.timeout(timeoutMs);
  const policy = {
    retries: method === "GET" || isRefresh ? 2 : 0,
    delayMs: 300,
    longestWaitMs: 2_000,
    signal,
  };
  const answer = await withRetries(async () => {
    const answer = await serviceFetch({
      url,
      method,
      headers,
      body: body ? `${body}` : null,
      maxBytes,
      signal,
    });
    const retryAfter = answer.headers.get("retry-after");
    const failure = passingFailure({ status: answer.status, retryAfter, host: url.hostname }, new Date());
    if (failure) throw failure;
    return answer;
  }, policy);
  const type = answer.headers.get("content-type");
  return new Response(answer.status === 204 ? null : answer.body.toString("utf8"), {
    status: answer.status,
    headers: type ? { "content-type": type } : {},
  });
};
