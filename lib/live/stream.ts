import { AppError } from "@/lib/errors";
import { onAvailability } from "./availability";

type Options = { hostId: string; address: string; signal: AbortSignal };
type Streams = { open: Set<() => void>; perAddress: Map<string, number> };

const mostInAll = 2_000;
/** Whole offices come from one address. Whoever gets no stream asks every half minute instead. */
const mostPerAddress = 60;
/** Below the half minute after which the strictest proxies cut a silent answer. */
const heartbeatMs = 22_000;

const shared = globalThis as typeof globalThis & { calendsStreams?: Streams };

/**
 * Server-sent events: one `availability` for each change of what is free with a host. It says that, not what.
 * @throws AppError rate_limited or unavailable when too many are open
 */
export function openStream({ hostId, address, signal }: Options): ReadableStream<Uint8Array> {
  const leave = enter(address);
  let release = leave;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const close = () => {
        release();
        controller.close();
      };
      const send = (text: string) => {
        controller.enqueue(encoder.encode(text));
        // Nobody reads at the other end; they come back by themselves when they do again.
        if ((controller.desiredSize ?? 0) < -100) close();
      };
      const heartbeat = setInterval(() => send(":\n\n"), heartbeatMs);
      const stopListening = onAvailability(hostId, () => send("event: availability\ndata: {}\n\n"));
      release = () => {
        streams().open.delete(close);
        signal.removeEventListener("abort", close);
        clearInterval(heartbeat);
        stopListening();
        leave();
      };
      streams().open.add(close);
      signal.addEventListener("abort", close);
      // Spread, so that not all come back at once when this process ends.
      send(`retry: ${Math.round(1_000 + Math.random() * 4_000)}\n\n`);
      if (signal.aborted) close();
    },
    cancel: () => release(),
  });
}

/** Lets everybody go to another process, as this one is about to end. */
export function endStreams(): void {
  for (const close of [...streams().open]) close();
}

function enter(address: string): () => void {
  const { open, perAddress } = streams();
  const own = perAddress.get(address) ?? 0;
  if (own >= mostPerAddress)
    throw new AppError("rate_limited", "Too many pages from this address are open.", {
      retryAfterSeconds: 60,
    });
  if (open.size >= mostInAll)
    throw new AppError("unavailable", "Too many pages are open. They refresh by themselves all the same.", {
      retryAfterSeconds: 60,
    });
  perAddress.set(address, own + 1);
  return () => {
    const left = (perAddress.get(address) ?? 1) - 1;
    if (left > 0) perAddress.set(address, left);
    else perAddress.delete(address);
  };
}

function streams(): Streams {
  shared.calendsStreams ??= { open: new Set(), perAddress: new Map() };
  return shared.calendsStreams;
}
