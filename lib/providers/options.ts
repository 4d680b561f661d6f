import type { Resolve } from "@/lib/http/addresses";

/** How a provider may reach the outside world. */
export type ProviderOptions = {
  /** Servers on the own network, and plain http: the setting ALLOW_PRIVATE_ADDRESSES. */
  allowPrivate: boolean;
  /** What names stand for; left out: what the system says. */
  resolve?: Resolve;
  /** For one request with all its redirects and retries. */
  timeoutMs?: number;
  /** Before the first retry. */
  retryDelayMs?: number;
  /** Of one feed, unpacked; left out: 20 MB and 100,000 events. */
  feedLimits?: { maxBytes: number; maxEvents: number };
};
