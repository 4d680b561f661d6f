import { startDavServer } from "./dav-server";

// A CalDAV server in a process of its own, for a bench that started this one and stops it.

const server = await startDavServer();
process.on("message", () => process.send?.({ traffic: server.takeTraffic(), objects: server.count() }));
process.on("disconnect", () => process.exit());
process.send?.({ url: server.url });
