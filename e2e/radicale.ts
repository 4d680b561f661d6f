import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/scripts/lib/port.mjs";
import { radicale } from "@/scripts/lib/tools.mjs";
import { clientOf, type DavClient } from "./dav-client";
import { type DavProcess, startDav } from "./dav-process";

/** `url` ends in "/". */
export type Radicale = DavProcess & DavClient & { url: string; user: string; password: string };

/** A real CalDAV server (Debian package `radicale`) on a free loopback port, with its own empty storage. */
export async function startRadicale({ user = "ada", password = "correct horse" } = {}): Promise<Radicale> {
  const dir = mkdtempSync(join(tmpdir(), "calends-radicale-"));
  const port = await freePort();
  writeFileSync(join(dir, "users"), `${user}:${password}\n`);
  writeFileSync(join(dir, "config"), configFor(dir, port));
  const url = `http://127.0.0.1:${port}/`;
  const onStop = () => rmSync(dir, { recursive: true, force: true });
  const server = await startDav(radicale, { args: ["--config", join(dir, "config")], url, onStop });
  const client = clientOf(`${url}${encodeURIComponent(user)}/`, { user, password });
  return { url, user, password, ...server, ...client };
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
