// Loaded into the server's process ahead of Next (see server.mjs).
import { subscribe } from "node:diagnostics_channel";

// Whoever started the server is gone, however: a server left behind would hold the port and the database.
process.on("disconnect", () => process.exit(1));

// Next lets open requests end before it goes; live pages hold theirs open for hours. After a while they are cut,
// and reconnect to the next server by themselves.
const patience = 5000;
const servers = new Set();
subscribe("http.server.request.start", (message) => {
  servers.add(/** @type {{ server: import("node:http").Server }} */ (message).server);
});
process.on("SIGTERM", () => {
  // Next listens to the signal once its server does; before that, nobody else would end the process.
  if (process.listenerCount("SIGTERM") === 1) process.exit(143);
  for (const server of servers) server.close();
  setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, patience).unref();
});
