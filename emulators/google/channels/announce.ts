import type { Google } from "../google";
import { random, randomBetween } from "../random";
import type { Channel, Message } from "../state";
import { pump } from "./deliver";

type News = { calendarId: string; resourceState: "exists" | "not_exists" };

/** Tells every live channel of a calendar that something changed; never what. */
export function announce(google: Google, { calendarId, resourceState }: News): void {
  queue(google, resourceState, (channel) => channel.calendarId === calendarId);
}

/** The same for the list of somebody's calendars. */
export function announceList(google: Google, email: string): void {
  queue(google, "exists", (channel) => channel.calendarId === null && channel.email === email);
}

export function isLive(google: Google, channel: Channel): boolean {
  return !channel.stopped && channel.expiration > google.clock.now();
}

export function syncMessage(google: Google, channel: Channel): void {
  channel.messageNumber = 1;
  google.state.messages.push({ ...messageOf(google, channel, "sync"), isHeld: false });
}

function queue(
  google: Google,
  resourceState: News["resourceState"],
  isMeant: (channel: Channel) => boolean,
): void {
  for (const channel of google.state.channels.values()) {
    if (!isMeant(channel) || !isLive(google, channel)) continue;
    // Numbers grow, but are "not sequential".
    channel.messageNumber += randomBetween(google.state, 1, 9);
    queueWithLuck(google, messageOf(google, channel, resourceState));
  }
  setImmediate(() => pump(google));
}

function queueWithLuck(google: Google, message: Message): void {
  const { drop, duplicate } = google.state.settings.delivery;
  const { channelId, number, resourceState } = message;
  if (random(google.state) < drop) {
    google.deliveries.push({ channelId, number, resourceState, outcome: "dropped", status: null });
    return;
  }
  google.state.messages.push(message);
  if (random(google.state) < duplicate) google.state.messages.push({ ...message });
}

function messageOf(google: Google, channel: Channel, resourceState: Message["resourceState"]): Message {
  const { held, delayMs } = google.state.settings.delivery;
  const dueAt = google.clock.now() + randomBetween(google.state, delayMs[0], delayMs[1]);
  const number = channel.messageNumber;
  return { channelId: channel.id, number, resourceState, dueAt, attempt: 0, isHeld: held };
}
