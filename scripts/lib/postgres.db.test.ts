import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkDatabase, startEmbedded } from "./database.mjs";

let dataDir: string;
let place: { dataDir: string; dir: string; password: string };

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "calends-cluster-"));
  await chmod(dataDir, 0o711);
  place = { dataDir, dir: join(dataDir, "postgres"), password: "first" };
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test("the embedded database keeps what is in it, through clean stops, kills and leftovers", async () => {
  const first = await startEmbedded(place);
  await ask(first.url, "create table kept (value int)");
  await ask(first.url, "insert into kept values (1)");
  await first.stop();

  const second = await startEmbedded(place);
  await ask(second.url, "insert into kept values (2)");
  process.kill(serverPid(), "SIGKILL");

  const third = await startEmbedded(place);
  await ask(third.url, "insert into kept values (3)");

  // The one before still runs, as after a kill -9 of npm start.
  const fourth = await startEmbedded(place);
  expect(await ask(fourth.url, "select value from kept order by value")).toEqual([
    { value: 1 },
    { value: 2 },
    { value: 3 },
  ]);
  expect(await checkDatabase(fourth.url)).toMatch(/^18\./);

  await expect(startEmbedded({ ...place, password: "second" })).rejects.toThrow(
    /does not know the POSTGRES_PASSWORD of secrets.env/,
  );
  expect(existsSync(join(place.dir, "postmaster.pid"))).toBe(false);
});

function serverPid(): number {
  return Number(readFileSync(join(place.dir, "postmaster.pid"), "utf8").split("\n")[0]);
}

async function ask(url: string, query: string) {
  const sql = postgres(url, { max: 1 });
  try {
    return [...(await sql.unsafe(query))];
  } finally {
    await sql.end();
  }
}
