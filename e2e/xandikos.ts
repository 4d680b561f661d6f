import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/scripts/lib/port.mjs";
import { xandikos } from "@/scripts/lib/tools.mjs";
import { clientOf, type DavClient } from "./dav-client";
import { type DavProcess, startDav } from "./dav-process";

/** `url` ends in "/". It lets everybody in, whatever the password. */
export type Xandikos = DavProcess & DavClient & { url: string; user: string; password: string };

/** A real CalDAV server (Debian package `xandikos`) on a free loopback port, with its own empty storage. */
export async function startXandikos(): Promise<Xandikos> {
  const dir = mkdtempSync(join(tmpdir(), "calends-xandikos-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const args = ["-d", dir, "--defaults", "-l", "127.0.0.1", "-p", String(port)];
  const server = await startDav(xandikos, {
    args,
    url,
    onStop: () => rmSync(dir, { recursive: true, force: true }),
  });
  const account = { user: "ada", password: "correct horse" };
  return { url, ...account, ...server, ...clientOf(`${url}user/calendars/`, account) };
}
