/**
 * Turns signals into two steps: `stop` at the first Ctrl-C (or SIGTERM, or a closed terminal), `force` at the
 * next.
 * @returns {{ stop: AbortSignal, force: AbortSignal }}
 */
export function watchInterrupts() {
  const stop = new AbortController();
  const force = new AbortController();
  let firstAt = 0;
  const onSignal = () => {
    if (!stop.signal.aborted) {
      firstAt = performance.now();
      stop.abort();
      // npm passes on the Ctrl-C that the terminal has sent us already: that is not a second one.
    } else if (performance.now() - firstAt > 500) force.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, onSignal);
  return { stop: stop.signal, force: force.signal };
}
