import { isLive } from "../channels/announce";
import { pump, settle } from "../channels/deliver";
import type { Google } from "../google";
import { random } from "../random";
import type { Message } from "../state";

type Release = {
  /** The order they leave in; as they came without it. */
  order?: "kept" | "reversed" | "shuffled";
  /** Places in the queue, counted from 0. */
  drop?: number[];
  duplicate?: number[];
};

export function channelsAdmin(google: Google) {
  return {
    /** Every channel ever opened; `isLive` says which can still speak. */
    channels: () =>
      [...google.state.channels.values()].map((channel) => ({ ...channel, isLive: isLive(google, channel) })),
    expireChannel: ({ id }: { id: string }) => {
      const channel = google.state.channels.get(id);
      if (channel) channel.expiration = google.clock.now();
    },
    /** From now on messages wait. */
    holdMessages: () => {
      google.state.settings.delivery.held = true;
      for (const message of google.state.messages) message.isHeld = true;
    },
    releaseMessages: (how: Release = {}) => {
      google.state.settings.delivery.held = false;
      google.state.messages = released(google, how);
      return settle(google);
    },
    pendingMessages: () => google.state.messages,
    /** Every message that was to be sent, and what came of it. */
    deliveries: () => google.deliveries,
    /** A message without a cause: a repeat, or one from the past. */
    sendMessage: (message: {
      channelId: string;
      resourceState?: Message["resourceState"];
      number?: number;
    }) => {
      const { channelId, resourceState = "exists", number = 1 } = message;
      const dueAt = google.clock.now();
      google.state.messages.push({ channelId, resourceState, number, dueAt, attempt: 0, isHeld: false });
      return settle(google);
    },
    /** Until nothing is due and nothing on its way. */
    settle: () => {
      pump(google);
      return settle(google);
    },
  };
}

function released(google: Google, { order = "kept", drop = [], duplicate = [] }: Release): Message[] {
  const left = google.state.messages.flatMap((message, index) => {
    if (drop.includes(index)) return [];
    const free = { ...message, isHeld: false };
    return duplicate.includes(index) ? [free, { ...free }] : [free];
  });
  if (order === "reversed") return left.reverse();
  if (order === "kept") return left;
  const places = left.map((message) => ({ message, place: random(google.state) }));
  return places.sort((a, b) => a.place - b.place).map(({ message }) => message);
}
