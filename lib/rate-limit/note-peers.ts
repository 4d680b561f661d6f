import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/**
 * Adds the peer of every request to this process's servers at the end of X-Forwarded-For, as proxies do. Next
 * adds it only where the header is missing, so a client could write whatever address it liked.
 * @returns stops it
 */
export function notePeers(): () => void {
  const note = (message: unknown) => {
    const { headers, socket } = (message as { request: IncomingMessage }).request;
    headers["x-forwarded-for"] = [headers["x-forwarded-for"], socket.remoteAddress]
      .filter(Boolean)
      .join(", ");
  };
  subscribe("http.server.request.start", note);
  return () => void unsubscribe("http.server.request.start", note);
}
