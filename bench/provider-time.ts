import { subscribe, unsubscribe } from "node:diagnostics_channel";

/**
 * Counts the time in which a request of undici is under way, from its making to the last byte of its answer; time in
 * which several are counts once.
 */
export function watchProvider(): { stop(): number } {
  let open = 0;
  let since = 0;
  let spent = 0;
  const begin = () => {
    if (open === 0) since = performance.now();
    open += 1;
  };
  const end = () => {
    open -= 1;
    if (open === 0) spent += performance.now() - since;
  };
  const channels = [
    ["undici:request:create", begin],
    ["undici:request:trailers", end],
    ["undici:request:error", end],
  ] as const;
  for (const [name, listener] of channels) subscribe(name, listener);
  return {
    stop: () => {
      for (const [name, listener] of channels) unsubscribe(name, listener);
      return spent;
    },
  };
}
