import type { Google } from "../google";
import { random } from "../random";
import type { Channel, Message } from "../state";
import { post } from "./post";

const mostAttempts = 5;
const taken = [102, 200, 201, 202, 204];
const retried = [500, 502, 503, 504];

/** Sends what is due. A channel's messages go one after the other, the channels side by side. */
export function pump(google: Google): void {
  const now = google.clock.now();
  const isDue = (message: Message) => !message.isHeld && message.dueAt <= now;
  const due = google.state.messages.filter(isDue);
  google.state.messages = google.state.messages.filter((message) => !isDue(message));
  for (const message of disordered(google, due)) send(google, message);
}

/** Waits until nothing is due and nothing on its way. */
export async function settle(google: Google): Promise<void> {
  do {
    pump(google);
    await Promise.all(google.inFlight.values());
  } while (google.inFlight.size > 0);
}

function send(google: Google, message: Message): void {
  const before = google.inFlight.get(message.channelId) ?? Promise.resolve();
  const sending = before.then(() => deliver(google, message));
  google.inFlight.set(message.channelId, sending);
  void sending.then(() => {
    if (google.inFlight.get(message.channelId) === sending) google.inFlight.delete(message.channelId);
  });
}

async function deliver(google: Google, message: Message): Promise<void> {
  const channel = google.state.channels.get(message.channelId);
  if (!channel || channel.stopped) return;
  const { callbackOrigins } = google.state.settings;
  const status = await post(targetOf(channel, callbackOrigins), headersOf(channel, message));
  const { channelId, number, resourceState } = message;
  const outcome = status !== null && taken.includes(status) ? "delivered" : "failed";
  google.deliveries.push({ channelId, number, resourceState, outcome, status });
  if (outcome === "delivered") return;
  // Only these are tried again, later and later; anything else is a lost message.
  const isRetried = status === null || retried.includes(status);
  if (!isRetried || message.attempt + 1 >= mostAttempts) return;
  const dueAt = google.clock.now() + 1000 * 2 ** message.attempt;
  google.state.messages.push({ ...message, attempt: message.attempt + 1, dueAt });
}

function targetOf(channel: Channel, origins: Record<string, string>): URL {
  const address = new URL(channel.address);
  const origin = origins[address.origin];
  return origin ? new URL(address.pathname + address.search, origin) : address;
}

/** The expiration is an HTTP date here, though it was milliseconds in the answer to the watch. */
function headersOf(channel: Channel, message: Message): Record<string, string> {
  return {
    "Content-Type": "application/json; utf-8",
    "Content-Length": "0",
    "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
    "X-Goog-Channel-ID": channel.id,
    ...(channel.token === null ? {} : { "X-Goog-Channel-Token": channel.token }),
    "X-Goog-Channel-Expiration": new Date(channel.expiration).toUTCString(),
    "X-Goog-Resource-ID": channel.resourceId,
    "X-Goog-Resource-URI": channel.resourceUri,
    "X-Goog-Resource-State": message.resourceState,
    "X-Goog-Message-Number": String(message.number),
  };
}

function disordered(google: Google, messages: Message[]): Message[] {
  const { reorder } = google.state.settings.delivery;
  const order = [...messages];
  for (let index = 1; index < order.length; index += 1) {
    const [before, here] = [order[index - 1], order[index]];
    if (before && here && random(google.state) < reorder) [order[index - 1], order[index]] = [here, before];
  }
  return order;
}
