import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdmin, type GoogleAdmin } from "./admin/admin";
import { handleAdmin } from "./admin/handle-admin";
import { createClock } from "./clock";
import type { Google } from "./google";
import { handle } from "./handle";
import { createState } from "./state";
import { tick } from "./time-passes";

export type GoogleServer = { url: string; admin: GoogleAdmin; stop(): Promise<void> };

type Options = {
  /** 0 takes any free one. */
  port?: number;
  startsAt?: Date;
  /** Virtual time passes by itself; without it only `advance` moves it. */
  runs?: boolean;
  seed?: number;
};

/** A Google on loopback, empty: people, clients and calendars come through `admin`. */
export async function startGoogle(options: Options = {}): Promise<GoogleServer> {
  const { port = 0, runs = false, startsAt, seed = 1 } = options;
  const google: Google = {
    state: createState(seed),
    clock: createClock({ runs, ...(startsAt ? { startsAt } : {}) }),
    baseUrl: "",
    log: [],
    deliveries: [],
    inFlight: new Map(),
  };
  const admin = createAdmin(google);
  const server = createServer((request, response) => void serve(google, admin, { request, response }));
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", done);
  });
  google.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const timer = runs ? setInterval(() => tick(google), 200) : undefined;
  return { url: google.baseUrl, admin, stop: () => stop(server, timer) };
}

type Exchange = { request: IncomingMessage; response: ServerResponse };

async function serve(google: Google, admin: GoogleAdmin, { request, response }: Exchange): Promise<void> {
  try {
    const isAdmin = request.url?.startsWith("/_admin");
    await (isAdmin ? handleAdmin(admin, request, response) : handle(google, request, response));
  } catch (error) {
    // A fault of the emulator's own. Not 500, which Google's clients would patiently try again.
    console.error(error);
    if (!response.headersSent) response.writeHead(599);
    response.end(String(error));
  }
}

function stop(server: Server, timer: NodeJS.Timeout | undefined): Promise<void> {
  clearInterval(timer);
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
