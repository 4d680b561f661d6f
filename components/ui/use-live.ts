"use client";

import { useEffect, useEffectEvent } from "react";

/**
 * Calls `onChange` soon after the server says at `address` that something changed, and whenever it may have. A hidden
 * page listens to nothing: over HTTP/1 all tabs of a site share six connections.
 */
export function useLive(address: string, onChange: () => void): void {
  const changed = useEffectEvent(onChange);
  useEffect(() => {
    let stream: EventSource | undefined;
    let soon: number | undefined;
    let retry: number | undefined;

    // Several at a time are one, and not every open page asks in the same moment.
    const tell = () => {
      soon ??= window.setTimeout(
        () => {
          soon = undefined;
          changed();
        },
        spread(50, 150),
      );
    };
    const disconnect = () => {
      clearTimeout(retry);
      stream?.close();
      stream = undefined;
    };
    const connect = () => {
      disconnect();
      stream = new EventSource(address);
      stream.onopen = tell;
      stream.addEventListener("availability", tell);
      // The browser comes back by itself after a lost connection, but takes a refusal for the last word.
      stream.onerror = ({ target }) => {
        if (target === stream && stream?.readyState === EventSource.CLOSED)
          retry = window.setTimeout(connect, spread(30_000, 60_000));
      };
    };
    const look = () => {
      if (document.visibilityState === "hidden") disconnect();
      else if (!stream) connect();
    };

    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      disconnect();
      clearTimeout(soon);
    };
  }, [address]);
}

const spread = (from: number, to: number) => from + Math.random() * (to - from);
