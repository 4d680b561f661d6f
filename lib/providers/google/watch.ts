import { AppError } from "@/lib/errors";
import type { NewChannel, OpenChannel } from "@/lib/providers/provider";
import { PushUnsupported } from "@/lib/providers/push-unsupported";
import type { Api } from "./api";
import { failureOf, unreadableAnswer } from "./refusal";
import { channel } from "./schema";

/** Seven days, which is also the most there is. */
const ttlSeconds = 604_800;

/** Never repeated when its answer was lost: Google would say that the id is taken, and not what we need to stop it. */
export async function watch(
  api: Api,
  calendarId: string,
  { id, secret, address }: NewChannel,
): Promise<OpenChannel> {
  const answer = await api.call({
    method: "POST",
    path: ["calendars", calendarId, "events", "watch"],
    body: { id, type: "web_hook", address, token: secret, params: { ttl: String(ttlSeconds) } },
    isOnce: true,
  });
  if (!answer.ok) {
    // Holidays, birthdays and other calendars that Google makes itself.
    if (answer.reason === "pushNotSupportedForRequestedResource") {
      throw new PushUnsupported("Google sends no notifications of this calendar.");
    }
    if (answer.reason.startsWith("push.")) {
      throw new AppError("invalid", `Google cannot send notifications to ${new URL(address).origin}.`);
    }
    throw failureOf(answer);
  }
  const opened = channel.safeParse(answer.body);
  if (!opened.success) throw unreadableAnswer();
  return { resourceId: opened.data.resourceId, expiresAt: opened.data.expiration };
}

export async function unwatch(
  api: Api,
  { id, resourceId }: { id: string; resourceId: string },
): Promise<void> {
  const answer = await api.call({ method: "POST", path: ["channels", "stop"], body: { id, resourceId } });
  if (!answer.ok && answer.status !== 404) throw failureOf(answer);
}
