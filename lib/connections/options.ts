import { env } from "@/lib/env";
import type { ProviderOptions } from "@/lib/providers";

/** How this installation reaches providers. */
export function providerOptions(): ProviderOptions {
  const settings = env();
  return {
    allowPrivate: settings.ALLOW_PRIVATE_ADDRESSES,
    feedLimits: {
      maxBytes: settings.SUBSCRIPTION_MAX_MEGABYTES * 1_000_000,
      maxEvents: settings.SUBSCRIPTION_MAX_EVENTS,
    },
  };
}
