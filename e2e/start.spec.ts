import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { freePort } from "@/scripts/lib/port.mjs";

let dataDir: string;
let running: ChildProcess | undefined;

test.beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), "calends-start-"));
  chmodSync(dataDir, 0o711);
});

test.afterAll(async () => {
  if (running && running.exitCode === null && running.kill("SIGTERM")) await once(running, "exit");
  rmSync(dataDir, { recursive: true, force: true });
});

test("npm start brings up the product, Ctrl-C stops it, and it starts again, even after kill -9", async ({
  page,
}) => {
  const port = await freePort();

  const first = await start(port);
  const [link] = first.printed().match(/http:\S+\/setup\?token=\S+/) ?? [];
  const shown = await page.goto(link ?? "");
  expect(shown?.status()).toBe(200);
  first.process.kill("SIGINT");
  expect(await first.ended).toBe(0);
  expect(first.printed()).toMatch(/✓ PostgreSQL +stopped/);
  // Not by the page: it would try again by itself, in the middle of a later visit.
  await expect(fetch(link ?? "")).rejects.toThrow("fetch failed");

  const second = await start(port);
  second.process.kill("SIGKILL");
  await second.ended;

  const third = await start(port);
  expect((await page.goto(`http://localhost:${port}/`))?.ok()).toBe(true);
  third.process.kill("SIGTERM");
  expect(await third.ended).toBe(0);
});

/** `npm start` without npm, which would hand us the shell's process. Comes back when the product runs. */
async function start(port: number) {
  const settings = { PORT: `${port}`, DATA_DIR: dataDir, DATABASE_URL: "", APP_URL: "" };
  const starter = spawn(process.execPath, ["scripts/start.mjs"], { env: { ...process.env, ...settings } });
  running = starter;
  const ended = once(starter, "exit").then(([code]) => code as number | null);
  let printed = "";
  for (const stream of [starter.stdout, starter.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  await untilRunning(starter, () => printed);
  return { process: starter, ended, printed: () => printed };
}

async function untilRunning(starter: ChildProcess, printed: () => string): Promise<void> {
  await expect
    .poll(() => starter.exitCode !== null || printed().includes("Calends is running at"), { timeout: 60_000 })
    .toBe(true);
  if (starter.exitCode !== null) throw new Error(printed());
}
