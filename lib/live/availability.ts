import { listenTo } from "@/db/listen";
import { env } from "@/lib/env";

type Listener = () => void;
type Ear = {
  listeners: Map<string, Set<Listener>>;
  stop?: (() => void) | undefined;
  linger?: NodeJS.Timeout;
};

// Next loads this file once per bundle; a process listens once.
const shared = globalThis as typeof globalThis & { calendsLive?: Ear };

/**
 * Calls `listener` after every commit that may change what is free with a host (DESIGN 16), and whenever one may
 * have been missed. One connection serves the whole process, while anybody listens.
 * @returns stops it
 */
export function onAvailability(hostId: string, listener: Listener): () => void {
  shared.calendsLive ??= { listeners: new Map() };
  const ear = shared.calendsLive;
  const own = ear.listeners.get(hostId) ?? new Set();
  ear.listeners.set(hostId, own.add(listener));
  clearTimeout(ear.linger);
  ear.stop ??= listen(ear);
  return () => {
    own.delete(listener);
    if (own.size === 0 && ear.listeners.get(hostId) === own) ear.listeners.delete(hostId);
    if (ear.listeners.size === 0) hangUpSoon(ear);
  };
}

function listen({ listeners }: Ear): () => void {
  const tell = (some: Iterable<Listener> = []) => {
    for (const listener of [...some]) listener();
  };
  return listenTo({
    url: env().DATABASE_URL,
    channel: "availability",
    onMessage: (hostId) => tell(listeners.get(hostId)),
    onListening: () => {
      for (const own of [...listeners.values()]) tell(own);
    },
  });
}

/** A page that is loaded again leaves and comes back. */
function hangUpSoon(ear: Ear): void {
  clearTimeout(ear.linger);
  ear.linger = setTimeout(() => {
    ear.stop?.();
    ear.stop = undefined;
  }, 2_000).unref();
}
