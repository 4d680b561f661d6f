import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/scripts/lib/port.mjs";
import { radicale } from "@/scripts/lib/tools.mjs";

export type Radicale = {
  /** Ends in "/". */
  url: string;
  user: string;
  password: string;
  stop(): Promise<void>;
  /** Accepts connections and answers nobody, until it may go on. */
  pause(): void;
  resume(): void;
  /** Refuses connections, until it is turned on again. Keeps what it holds. */
  turnOff(): Promise<void>;
  turnOn(): Promise<void>;
  /** Returns the collection's URL, ending in "/". */
  makeCalendar(name: string, properties?: { displayName?: string; color?: string }): Promise<string>;
  /** Returns the object's URL. What another calendar app does: no precondition. */
  putIcs(calendarUrl: string, fileName: string, ics: string): Promise<string>;
  deleteIcs(url: string): Promise<void>;
  /** Raw bodies by URL. */
  listIcs(calendarUrl: string): Promise<Map<string, string>>;
};

/** A real CalDAV server (Debian package `radicale`) on a free loopback port, with its own empty storage. */
export async function startRadicale({ user = "ada", password = "correct horse" } = {}): Promise<Radicale> {
  const dir = mkdtempSync(join(tmpdir(), "calends-radicale-"));
  const port = await freePort();
  writeFileSync(join(dir, "users"), `${user}:${password}\n`);
  writeFileSync(join(dir, "config"), configFor(dir, port));
  const [command, ...args] = radicale.find() ?? [];
  if (!command) throw new Error(`Radicale is missing. ${radicale.hint}`);
  const url = `http://127.0.0.1:${port}/`;
  let server: ChildProcess;
  const turnOn = async () => {
    server = spawn(command, [...args, "--config", join(dir, "config")], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    try {
      await waitFor(server, url);
    } catch (error) {
      server.kill("SIGKILL");
      throw error;
    }
  };
  const turnOff = () => terminate(server);
  const stop = async () => {
    await turnOff();
    rmSync(dir, { recursive: true, force: true });
  };
  const pause = () => void server.kill("SIGSTOP");
  const resume = () => void server.kill("SIGCONT");
  await turnOn();
  return { url, user, password, stop, pause, resume, turnOff, turnOn, ...clientOf(url, user, password) };
}

function configFor(dir: string, port: number): string {
  return `
[server]
hosts = 127.0.0.1:${port}
max_connections = 100
[auth]
type = htpasswd
htpasswd_filename = ${dir}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = ${dir}/collections
[rights]
type = owner_only
[logging]
level = warning
`;
}

async function waitFor(server: ChildProcess, url: string): Promise<void> {
  let said = "";
  let failure: string | null = null;
  server.stderr?.on("data", (text) => {
    said += text;
  });
  server.once("error", (error) => {
    failure = `Radicale could not be started (Debian package "radicale"): ${error.message}`;
  });
  server.once("exit", (code) => {
    failure ??= `Radicale ended with ${code}: ${said}`;
  });
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (failure) throw new Error(failure);
    const isUp = await fetch(url, { redirect: "manual" }).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`Radicale did not answer: ${said}`);
}

async function terminate(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = new Promise((done) => server.once("exit", done));
  server.kill("SIGTERM");
  const timer = setTimeout(() => server.kill("SIGKILL"), 3_000);
  await exited;
  clearTimeout(timer);
}

function clientOf(url: string, user: string, password: string) {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const send = async (
    method: string,
    target: string,
    body?: string,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(target, {
      method,
      headers: { authorization, ...headers },
      body: body ?? null,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${target}: ${response.status} ${text}`);
    return text;
  };

  return {
    async makeCalendar(name: string, properties: { displayName?: string; color?: string } = {}) {
      const target = `${url}${encodeURIComponent(user)}/${encodeURIComponent(name)}/`;
      await send("MKCALENDAR", target, mkcalendar({ displayName: name, color: "#3b82f6ff", ...properties }));
      return target;
    },
    async putIcs(calendarUrl: string, fileName: string, ics: string) {
      const target = `${calendarUrl}${encodeURIComponent(fileName)}`;
      await send("PUT", target, ics.replaceAll(/\r?\n/g, "\r\n"), { "content-type": "text/calendar" });
      return target;
    },
    async deleteIcs(target: string) {
      await send("DELETE", target);
    },
    async listIcs(calendarUrl: string) {
      const found = await send("PROPFIND", calendarUrl, undefined, { depth: "1" });
      const hrefs = [...found.matchAll(/<(?:\w+:)?href>([^<]+\.ics)<\//g)].map(([, href]) => href ?? "");
      const urls = [...new Set(hrefs)].map((href) => new URL(href, url).href);
      return new Map(await Promise.all(urls.map(async (each) => [each, await send("GET", each)] as const)));
    },
  };
}

function mkcalendar({ displayName, color }: { displayName: string; color: string }): string {
  return `<?xml version="1.0"?>
<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:I="http://apple.com/ns/ical/"><set><prop>
<displayname>${displayName}</displayname>
<I:calendar-color>${color}</I:calendar-color>
<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>
</prop></set></C:mkcalendar>`;
}
