import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "@/scripts/lib/port.mjs";
import { radicale } from "@/scripts/lib/tools.mjs";

/** A real CalDAV server with one user, in a folder that is thrown away. */
export type Radicale = {
  url: string;
  user: string;
  password: string;
  /** Makes a calendar and returns its path, such as "/anna/work/". */
  makeCalendar(name: string): Promise<string>;
  /** Stores a whole iCalendar object as `file` in a calendar. */
  put(calendar: string, file: string, ics: string): Promise<void>;
  get(calendar: string, file: string): Promise<string>;
  delete(calendar: string, file: string): Promise<void>;
  /** The names of the objects in a calendar. */
  list(calendar: string): Promise<string[]>;
  stop(): Promise<void>;
};

export async function startRadicale({
  user = "anna",
  password = "radicale-password",
} = {}): Promise<Radicale> {
  const dir = mkdtempSync(join(tmpdir(), "calends-radicale-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(dir, "users"), `${user}:${password}\n`);
  writeFileSync(join(dir, "config"), configuration(dir, port));
  const [command, ...args] = radicale.find() ?? [];
  if (!command) throw new Error(`Radicale is missing. ${radicale.hint}`);
  const server = spawn(command, [...args, "--config", join(dir, "config")], { stdio: "ignore" });
  // A run that is broken off must not leave it behind.
  process.once("exit", () => server.kill("SIGKILL"));
  await untilUp(url, server);

  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  async function request(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
    const response = await fetch(url + path, {
      method,
      ...(body && { body }),
      headers: { authorization, ...headers },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text;
  }

  return {
    url,
    user,
    password,
    makeCalendar: async (name) => {
      const path = `/${user}/${name}/`;
      await request("MKCALENDAR", path, makeCalendarBody(name), { "content-type": "application/xml" });
      return path;
    },
    put: async (calendar, file, ics) => {
      await request("PUT", calendar + file, ics, { "content-type": "text/calendar; charset=utf-8" });
    },
    get: (calendar, file) => request("GET", calendar + file),
    delete: async (calendar, file) => {
      await request("DELETE", calendar + file);
    },
    list: async (calendar) => {
      const answer = await request("PROPFIND", calendar, undefined, { depth: "1" });
      const paths = [...answer.matchAll(/<(?:\w+:)?response>\s*<(?:\w+:)?href>([^<]+)</g)];
      const names = paths.map((match) => decodeURIComponent(match[1] ?? "").slice(calendar.length));
      return names.filter((name) => name !== "");
    },
    stop: async () => {
      server.kill("SIGTERM");
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function configuration(dir: string, port: number): string {
  return `[server]
hosts = 127.0.0.1:${port}
[auth]
type = htpasswd
htpasswd_filename = ${join(dir, "users")}
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = ${join(dir, "collections")}
[logging]
level = error
`;
}

function makeCalendarBody(name: string): string {
  return `<?xml version="1.0"?>
<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
  <D:set><D:prop>
    <D:displayname>${name}</D:displayname>
    <C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>
  </D:prop></D:set>
</C:mkcalendar>`;
}

async function untilUp(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (server.exitCode !== null) throw new Error(`Radicale ended with code ${server.exitCode}.`);
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await wait(50);
  }
  throw new Error("Radicale did not start within ten seconds.");
}
