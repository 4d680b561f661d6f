import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { clientAddress } from "@/lib/rate-limit/client-address";
import { consume, type Limit } from "@/lib/rate-limit/limit";
import type { Notified } from "./notification";

const lines: Limit = { name: "webhook-lines", points: 10, seconds: 60, store: "memory" };
const failures: Limit = { name: "webhook-failures", points: 60, seconds: 60, store: "memory" };

/**
 * Logs a notification that is none of ours, a few a minute.
 * @throws AppError rate_limited when too many wrong ones come from one address
 */
export async function noteStray(headers: Headers, { status, stray }: Notified): Promise<void> {
  const address = clientAddress(headers, env().TRUSTED_PROXIES);
  if (status !== 200) await consume(failures, address);
  const channelId = headers.get("x-goog-channel-id")?.slice(0, 64);
  await consume(lines, "").then(
    () => log().warn({ part: "channels", channelId, address, stray }, "a notification was ignored"),
    (error) => {
      if (!(error instanceof AppError)) throw error;
    },
  );
}
