import { renameKeys, snakeCase } from "@/lib/http/snake-case";
import type { Subscription } from "./view";

/** A subscription as the API answers it. */
export function subscriptionJson(subscription: Subscription) {
  // For our own pages.
  const { serverName, failingSince, triesLeft, localChangeCount, ...told } = subscription;
  return renameKeys(told, snakeCase);
}
