import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { GoogleServer } from "@/emulators/google/server";
import type { Dice } from "@/lib/availability/oracle/dice";

// What goes wrong between Google and us, at random, for the chaos test.

type Admin = GoogleServer["admin"];
type Fault = Parameters<Admin["addFault"]>[0];

const reads = ["events.list", "events.list", "events.list", "events.get"];
const writes = ["events.insert", "events.patch", "events.delete", "events.watch", "channels.stop"];
const effects: Fault["effect"][] = [
  { kind: "error", error: "tooManyRequests" },
  { kind: "error", error: "tooManyRequests", retryAfterSeconds: 3 },
  { kind: "error", error: "tooManyRequests", retryAfterSeconds: 90 },
  { kind: "error", error: "rateLimitExceeded" },
  { kind: "error", error: "userRateLimitExceeded", retryAfterSeconds: 2 },
  { kind: "error", error: "backendError" },
  { kind: "error", error: "unavailable", retryAfterSeconds: 60 },
  { kind: "status", status: 502, body: "<html>Bad Gateway</html>" },
  { kind: "truncate" },
  { kind: "truncate", bytes: 0 },
  { kind: "reset" },
  { kind: "reset", after: true },
  { kind: "status", status: 503, after: true },
];

/** Something happens to one of the next requests, or to a few in a row, which is more than patience covers. */
export function addAccident(admin: Admin, dice: Dice): void {
  const route = dice.chance(0.7) ? dice.pick(reads) : dice.pick(writes);
  admin.addFault({
    route,
    effect: dice.pick(effects),
    skip: dice.int(0, 2),
    times: dice.pick([1, 1, 1, 2, 6]),
  });
}

/** A cursor that is too old, by either reason; tokens that have ended; a token's renewal that fails. */
export function expireSomething(
  admin: Admin,
  dice: Dice,
  scene: { calendarIds: string[]; emails: string[] },
): void {
  const reason = dice.pick(["fullSyncRequired", "updatedMinTooLongAgo"] as const);
  if (dice.chance(0.5)) admin.expireSyncTokens({ calendarId: dice.pick(scene.calendarIds), reason });
  else admin.expireAccessTokens({ email: dice.pick(scene.emails) });
  if (dice.chance(0.3)) admin.addFault({ route: "oauth.token", effect: { kind: "status", status: 503 } });
}

/**
 * Makes processes die between asking Google and writing down what it said: while the switch is on, the last statement
 * of each piece of work fails, and so does what would tidy up after it.
 */
export async function makeCrashSwitch() {
  await database().execute(sql`create table crash ()`);
  await database().execute(sql`
    create function crash() returns trigger language plpgsql as $$
    begin
      if exists (select from crash) then raise exception 'crashed'; end if;
      return coalesce(new, old);
    end $$`);
  for (const table of ["calendars", "sync_channels", "appointment_targets", "sync_logs"])
    await database().execute(sql`
      create trigger crash before update or delete on ${sql.identifier(table)} for each row execute function crash()`);
  return {
    on: () => database().execute(sql`insert into crash default values`),
    off: () => database().execute(sql`delete from crash`),
  };
}

/** Where Google's messages arrive; `answer` gives the status. */
export async function receiveMessages(answer: (headers: IncomingHttpHeaders) => Promise<number>) {
  const server = createServer((request, response) => {
    request.resume();
    answer(request.headers).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
